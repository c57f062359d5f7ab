from .test_people_tmp import world
def test_x(visitor, world):
    one = visitor("admin", phone=True)
    one.go("/people/4/hand-over")
    print(one.page.evaluate("""() => [...document.querySelectorAll('main *')].filter(e => e.matches('section,form,.panel,.table-wrap,.field,textarea,select#owner,.form-foot,button')).map(e => {const r=e.getBoundingClientRect(); return e.tagName+'.'+e.className+' '+[r.x,r.y,r.width,r.height].map(Math.round)}).join('\\n') + '\\n' + [innerWidth, innerHeight, document.documentElement.scrollWidth, document.documentElement.scrollHeight, visualViewport.width, visualViewport.scale]"""))
    one.page.get_by_role("button", name="Hand over").scroll_into_view_if_needed()
    print(one.page.evaluate("""() => {const r=document.querySelector('.form-foot button').getBoundingClientRect(); return [scrollY, r.x, r.y, r.width, r.height, document.elementFromPoint(r.x+r.width/2, r.y+r.height/2)?.outerHTML.slice(0,80)]}"""))
