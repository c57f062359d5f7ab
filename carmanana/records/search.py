"""The search index as tables; `schema/derived/search.py` says what is in it."""

from carmanana.schema.sqlite import SearchIndex


class SearchName(SearchIndex):
    pass


class SearchAddress(SearchIndex):
    pass


class SearchNumber(SearchIndex):
    pass


class SearchOrder(SearchIndex):
    pass


class SearchConversation(SearchIndex):
    pass


INDEXES = (SearchName, SearchAddress, SearchNumber, SearchOrder, SearchConversation)
