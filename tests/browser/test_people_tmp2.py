from .test_people_tmp import world
WIDE = """() => [innerWidth, ...[...document.querySelectorAll('body *')].filter(e => { const r=e.getBoundingClientRect(); if (r.right <= 391 || !r.width) return false; for (let p=e.parentElement; p; p=p.parentElement) { const s=getComputedStyle(p); if (s.overflowX!='visible' && p.getBoundingClientRect().right<=391) return false } return true }).slice(0,6).map(e => e.tagName+'.'+e.className+' '+Math.round(e.getBoundingClientRect().right))]"""
def test_x(visitor, world):
    one = visitor("admin", phone=True)
    c = world.customer_id
    for path in ("/people/", "/people/?group=away", "/people/?group=left", "/people/4", "/people/4/edit", "/people/4/deactivation", "/people/4/hand-over", "/people/4/absences/new", "/people/4/restrictions/new", "/me", "/me/password", "/pipelines/", "/pipelines/stages/2/edit", "/pipelines/2/stages/new", "/notifications/", "/customers/", f"/customers/{c}", "/imports/"):
        one.go(path); print(path, one.page.evaluate(WIDE))
    man = visitor("manager", phone=True)
    for path in ("/board/used-vehicle-orders", f"/deals/{world.id}", f"/customers/{c}", f"/customers/{c}/edit", f"/customers/{c}/owner", f"/deals/{world.id}/edit", f"/deals/{world.id}/needs"):
        man.go(path); print(path, man.page.evaluate(WIDE))
