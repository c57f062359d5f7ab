from carmanana import create_app

app = create_app()
