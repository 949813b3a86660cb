"""Protects the page as a file: valid, the same for the same data, obeying no text in it."""

import collections
import os
import re
import shutil
import time
import zlib
from html.parser import HTMLParser

import page_run
import pytest
from places import BUILD, TOP, run

needs_gnuplot = pytest.mark.skipif(shutil.which("gnuplot") is None, reason="no gnuplot here")
VOID = {"meta", "link", "input", "br"}


class Outline(HTMLParser):
    """What stands in a page: tags in order, ids, links, headings; complains of bad nesting."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.ids, self.links, self.headings = collections.Counter(), [], [], []
        self.open, self.wrong, self.attributes = [], [], set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.begin(tag, attributes)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.begin(tag, attributes)

    def begin(self, tag, attributes):
        self.tags[tag] += 1
        for name, value in attributes:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value)
            if name in ("href", "src"):
                self.links.append(value)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    folder = str(tmp_path_factory.mktemp("page") / "run 'q' $(touch pwned)")
    return folder, page_run.make(folder)


def test_it_is_nested_well_and_names_nothing_twice(page):
    outline = Outline(page[1])
    assert outline.wrong == [] and outline.open == []
    assert [name for name, count in collections.Counter(outline.ids).items() if count > 1] == []
    inner = [link[1:] for link in outline.links if link.startswith("#")]
    assert inner and set(inner) <= set(outline.ids)
    assert outline.headings[0] == 1 and outline.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(outline.headings, outline.headings[1:]))


def test_a_checker_finds_no_error(page):
    html5lib = pytest.importorskip("html5lib")
    html5lib.HTMLParser(strict=True).parse(page[1])


def test_it_needs_nothing_beside_it_and_runs_nothing(page):
    outline = Outline(page[1])
    assert not set(outline.tags) & {"script", "iframe", "img", "object", "embed", "base", "form"}
    assert [name for name in outline.attributes if name.startswith("on") or name == "style"] == []
    assert all(re.fullmatch(r"#[\w.-]+|data:,|(plots/)?[\w.-]+", link) for link in outline.links)
    assert "url(" not in page[1] and "@import" not in page[1]


def test_texts_from_outside_are_shown_and_not_obeyed(page):
    folder, text = page
    assert "<script" not in text and "<b>x" not in text
    assert "\u202e" not in text and "\u200b" not in text and "\x1b" not in text
    assert "&lt;script&gt;alert(1)" in text and "&lt;b&gt;x&#39;&quot;`id`" in text
    above = os.path.dirname(folder)
    for top in (folder, above, os.path.join(folder, "plots"), "."):
        assert not os.path.exists(os.path.join(top, "pwned"))


def test_the_links_lead_to_files(page):
    folder, text = page
    wanted = [link for link in Outline(text).links if not link.startswith(("#", "data:"))]
    if shutil.which("gnuplot"):
        assert any(link.startswith("plots/time-") for link in wanted)
    # A pass that was left out leaves no table.
    missing = [link for link in set(wanted) if not os.path.exists(os.path.join(folder, link))]
    assert set(missing) <= {"semantics.csv"}


@needs_gnuplot
def test_every_kind_of_figure_is_in_it(page):
    for kind in ("forest", "time", "speedup", "heatmap", "controls"):
        figures = re.findall(r'<figure id="%s-.*?</figure>' % kind, page[1], re.DOTALL)
        assert figures, kind
        for figure in figures:
            assert re.search(r"<figcaption><h[34]>.+?</h[34]><p>.+?</p></figcaption>", figure)
            assert re.search(r'<svg class="picture" viewBox="[\d ]+" role="img" aria-label="[^"]+"', figure)
            assert re.search(r'href="plots/[\w.-]+\.csv">data</a>', figure)
            assert re.search(r'href="plots/[\w.-]+\.gp">script</a>', figure)


def test_the_same_data_give_the_same_page(page):
    folder, text = page
    assert page_run.report(folder, LC_ALL="C.UTF-8", TZ="Asia/Tokyo") == text


def test_without_gnuplot_it_says_so_once(page, tmp_path):
    folder = str(tmp_path / "run")
    shutil.copytree(page[0], folder)
    shutil.rmtree(os.path.join(folder, "plots"))
    done = run([os.path.join(BUILD, "zcbench"), "report", folder],
               env=dict(os.environ, ZCB_SHARE_DIR=TOP, PATH=str(tmp_path)))
    assert done.returncode == 0
    assert done.stderr.count("no pictures") == 1 and "could not be drawn" not in done.stderr
    with open(os.path.join(folder, "report.html"), encoding="utf-8") as stream:
        text = stream.read()
    assert '<svg class="picture"' not in text
    assert text.count("There are no pictures") >= 1 and "pays from" in text


def read_bytes(name, endings):
    """What the files of these endings hold, one after the other."""
    found = []
    for ending in endings.split():
        with open(name + ending, "rb") as stream:
            found.append(stream.read())
    return found


@needs_gnuplot
def test_figures_are_drawn_again_by_name(page):
    folder = page[0]
    zcbench = os.path.join(BUILD, "zcbench")
    environment = dict(os.environ, ZCB_SHARE_DIR=TOP)
    done = run([zcbench, "report", folder, "--figures", "speedup-bytes_slice-*.pdf"], env=environment)
    assert done.returncode == 0, done.stderr
    drawn = os.path.join(folder, "plots", "speedup-bytes_slice-capi.")
    first = read_bytes(drawn, "svg png pdf")
    assert first[2].startswith(b"%PDF-")
    words = zlib.decompressobj().decompress(first[2][first[2].index(b"stream\n") + 7:])
    sizes = re.findall(rb"(\d+) 0 0 -\d+ [\d.]+ [\d.]+ Tm", words)
    assert set(sizes) == {b"12", b"14"}  # those of the SVG: larger ones lie over each other
    time.sleep(1.1)  # the date in a PDF counts seconds
    done = run([zcbench, "report", folder, "--figures", "speedup-bytes_slice-capi.pdf,speedup-*"],
               env=environment)
    assert done.returncode == 0, done.stderr
    assert read_bytes(drawn, "svg png pdf") == first
    done = run([zcbench, "report", folder, "--figures", "no_such"], env=environment)
    assert done.returncode == 2
    assert "no figure 'no_such'" in done.stderr and done.stdout == ""
