"""Protects the page as it is seen: in a browser, wide and narrow, light and dark, on paper, with
scripting off. Exit 77: no browser here.
"""

import urllib.parse

import browser
import page_run
import pytest

if browser.program() is None:
    pytest.exit("no browser here: Chromium is looked for", returncode=77)

# Every text with the colour behind it: the nearest opaque background, or for words of a picture
# the area drawn under them. Contrast as in WCAG 2.2.
CONTRAST = """
(() => {
  const parse = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => {
    const part = c => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const ratio = (a, b) => {
    const [low, high] = [light(a), light(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const behind = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const bad = [], seen = {html: 0, svg: 0, area: 0};
  const tell = (element, ink, paper) => {
    const is = ratio(ink, paper);
    if (is < 4.5) bad.push(element.textContent.slice(0, 40) + ' ' + is.toFixed(2) + ' ' + ink + ' on ' + paper);
  };
  for (const element of document.querySelectorAll('body *')) {
    if (element.closest('svg') || !element.getClientRects().length) continue;
    const has = [...element.childNodes].some(n => n.nodeType === 3 && n.data.trim());
    if (has) { seen.html++; tell(element, parse(getComputedStyle(element).color), behind(element)); }
  }
  for (const svg of document.querySelectorAll('svg.picture')) {
    const paper = behind(svg);
    const areas = [...svg.querySelectorAll('path')].filter(p => /^f\\d/.test(p.getAttribute('class')) &&
      !p.hasAttribute('fill-opacity'));
    for (const text of svg.querySelectorAll('text')) {
      seen.svg++;
      const box = text.getBBox();
      let under = paper;
      if (!text.hasAttribute('transform') && areas.length) {
        const point = new DOMPoint(box.x + box.width / 2, box.y + box.height / 2);
        for (const area of areas) {
          if (area.isPointInFill(point)) { under = parse(getComputedStyle(area).fill); seen.area++; }
        }
      }
      tell(text, parse(getComputedStyle(text).fill), under);
    }
  }
  return {bad: [...new Set(bad)], seen};
})()
"""


@pytest.fixture(scope="module")
def window(tmp_path_factory):
    top = tmp_path_factory.mktemp("browser")
    folder = str(top / "run")
    page_run.make(folder)
    shown = browser.Browser(str(top / "profile"))
    shown.show(1300)
    # What is not on the screen would not be laid out.
    shown.path = urllib.parse.quote(folder) + "/report.html"
    shown.open(shown.path)
    shown.value("document.head.insertAdjacentElement('beforeend', Object.assign("
                "document.createElement('style'), {textContent: "
                "'figure{content-visibility:visible!important}'}))")
    yield shown
    shown.close()


def said(window):
    return [event for event in window.events
            if event.get("method") in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown",
                                       "Log.entryAdded")]


def test_nothing_is_complained_of_and_nothing_is_asked_for(window):
    assert said(window) == []
    asked = [event["params"]["request"]["url"] for event in window.events
             if event.get("method") == "Network.requestWillBeSent"]
    assert [url for url in asked if not url.startswith("data:")] == ["file://" + window.path]


def test_every_figure_is_seen_and_has_a_name(window):
    for width in (1300, 360):
        window.show(width)
        figures = window.value(
            "[...document.querySelectorAll('figure')].map(f => {const s = f.querySelector('svg');"
            "const b = s.getBoundingClientRect(); return [f.id, s.getAttribute('aria-label'), "
            "b.width, b.height, s.querySelectorAll('path').length]})")
        assert len(figures) >= 15
        for name, alt, wide, high, paths in figures:
            assert alt and wide > 200 and high > 40 and paths > 1, (width, name, wide, high, paths)


@pytest.mark.parametrize("width", (360, 700, 1300))
def test_the_page_does_not_scroll_sideways(window, width):
    window.show(width)
    assert window.value("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ("light", "dark"))
def test_every_word_stands_out(window, scheme):
    window.show(1300, scheme=scheme)
    found = window.value(CONTRAST)
    assert found["bad"] == []
    assert found["seen"]["html"] > 200 and found["seen"]["svg"] > 300 and found["seen"]["area"] > 30


def test_words_of_a_picture_do_not_lie_over_each_other_or_out_of_it(window):
    window.show(1300)
    assert window.value("""
[...document.querySelectorAll('svg.picture')].flatMap(svg => {
  const edge = svg.getBoundingClientRect();
  const boxes = [...svg.querySelectorAll('text')].map(t => [t, t.getBoundingClientRect()]);
  return boxes.flatMap(([t, b], i) => {
    const out = b.left < edge.left - 1 || b.right > edge.right + 1 || b.bottom > edge.bottom + 1 ||
      b.top < edge.top - 1;
    const over = boxes.slice(i + 1).filter(([u, c]) => !t.hasAttribute('transform') &&
      !u.hasAttribute('transform') && Math.min(b.right, c.right) - Math.max(b.left, c.left) > 1 &&
      Math.min(b.bottom, c.bottom) - Math.max(b.top, c.top) > 4);
    return (out ? [svg.closest('figure').id + ': ' + t.textContent + ' sticks out'] : []).concat(
      over.map(([u]) => svg.closest('figure').id + ': ' + t.textContent + ' over ' + u.textContent));
  });
})""") == []


def test_the_filter_works_without_scripts(window):
    window.ask("Emulation.setScriptExecutionDisabled", value=True)
    window.show(1300)
    shown = "[...document.querySelectorAll('%s')].filter(e => e.getClientRects().length).length"
    before = window.value(shown % "figure")
    assert before > 0 and window.value(shown % ".l1") > 0
    window.value("document.querySelector('#fl1').click()")
    assert window.value(shown % ".l1") == 0
    assert 0 < window.value(shown % "figure") < before
    window.value("document.querySelector('#fl1').click()")
    assert window.value(shown % "figure") == before
    window.ask("Emulation.setScriptExecutionDisabled", value=False)


def test_a_change_of_width_does_not_wait_for_rules(window):
    """Rules that look into the whole page for every element made it wait for half a minute."""
    assert window.value("[...document.styleSheets].flatMap(s => [...s.cssRules]).filter("
                        "r => r.cssText.includes(':has(')).length") == 0


def test_on_paper_it_is_light_and_whole(window):
    window.show(800, media="print", scheme="dark")
    assert window.value("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    for useless in ("nav", "label.filter", "p.filter", ".links"):
        assert window.value("document.querySelectorAll('%s').length" % useless) > 0
        assert window.value("[...document.querySelectorAll('%s')].every("
                            "e => e.getClientRects().length === 0)" % useless), useless
    assert window.value("[...document.querySelectorAll('figure svg')].every("
                        "s => s.getBoundingClientRect().height > 20)")
    window.show(1300)


def test_the_keyboard_reaches_what_scrolls(window):
    assert window.value("[...document.querySelectorAll('.scroll')].every(e => e.tabIndex === 0 && "
                        "e.getAttribute('role') === 'region' && e.getAttribute('aria-label'))")
    assert window.value("[...document.querySelectorAll('table')].every(t => "
                        "t.querySelector('th[scope]'))")
