"""SVG pictures: what stays of them, what never does, and where they are shown."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template

from ecca_site.uploads import svg
from ecca_site.uploads.models import CustomImage
from partners.page_form import check_logo
from tests import factories

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 300 100">'
)
SHAPE = '<path d="M0 0h300v100z" fill="#063"/>'
LOGO = (
    f'<?xml version="1.0"?><!-- drawn by hand '
    f"-->{HEAD}<title>Timber</title><defs><style>.a{{fill:#063}}</style>"
    '<linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient>'
    '<path id="p" d="M0 0h9v9z"/><clipPath id="c"><use xlink:href="#p"/></clipPath></defs>'
    '<g class="a" clip-path="url(#c)" transform="scale(2)"><rect '
    'width="9" height="9" fill="url(#g)"/></g>'
    '<text x="1" y="2">Timber <tspan font-weight="700">& clay</tspan> house</text></svg>'
).replace("& ", "&amp; ")
# Each is taken out of a picture whose other shape stays.
HOSTILE = {
    "script": "<script>evil()</script>",
    "a script of SVG's": '<script xlink:href="https://evil.example/x.js"/>',
    "event": '<rect width="1" height="1" onload="evil()" onclick="evil()"/>',
    "foreign object": (
        '<foreignObject><b xmlns="http://www.w3.org/1999/xhtml" onclick="evil()"/></foreignObject>'
    ),
    "link": '<a href="javascript:evil()"><rect width="1" height="1"/></a>',
    "use of javascript": '<use href="javascript:evil()"/><use xlink:href=" jAvascript:evil()"/>',
    "use of another file": '<use xlink:href="https://evil.example/a.svg#x"/>',
    "external image": (
        '<image href="https://evil.example/x.png"/><image xlink:href="//evil.example/x.png"/>'
    ),
    "data": (
        '<image href="data:image/svg+xml;base64,ZXZpbA=="/><use href="data:image/svg+xml,evil#x"/>'
    ),
    "animation of a link": (
        '<set attributeName="href" to="javascript:evil()"/><animate values="evil"/>'
    ),
    "CSS import": "<style>@import 'https://evil.example/x.css';</style>",
    "CSS url": "<style>path{fill:url(https://evil.example/x)}</style>",
    "CSS in disguise": (
        r"<style>path{fill:u\72l(//evil.example/x)}</style><style>a{b:image-set('evil')}</style>"
    ),
    "style of an element": (
        '<rect width="1" height="1" style="fill:url( \'https://evil.example/x\' )"/>'
    ),
    "paint from elsewhere": '<rect width="1" height="1" fill="url(https://evil.example/x#y)"/>',
    "nested picture": '<svg onload="evil()"><rect width="1" height="1"/></svg>',
    "another language": '<evil:b xmlns:evil="urn:evil" evil:onload="evil()"/>',
    "feed of a filter": '<filter id="f"><feImage href="https://evil.example/x.png"/></filter>',
    "stylesheet before it": "<?xml-stylesheet href='https://evil.example/x.css'?>",
}


def picture(content, kind="logo.svg"):
    return CustomImage.objects.create(
        title="Logo", file=ContentFile(svg.clean(content.encode()), name=kind)
    )


def test_a_real_logo_keeps_what_draws_it():
    text = svg.clean(LOGO.encode()).decode()
    assert text.count("<") == LOGO.count("<") - 1  # the comment
    assert '<use href="#p" />' in text
    assert 'clip-path="url(#c)"' in text
    assert "Timber <tspan" in text
    assert "&amp; clay</tspan> house" in text
    assert svg.clean(text.encode()).decode() == text


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_goes_and_the_shape_stays(name):
    text = svg.clean(f"{HEAD}{HOSTILE[name]}{SHAPE}</svg>".encode()).decode()
    assert "evil" not in text
    assert "href" not in text
    assert re.findall("<path[^>]*>", text) == ['<path d="M0 0h300v100z" fill="#063" />']


KEPT = {
    "a use of a use": (
        '<defs><path id="a" d="M0 0"/><g id="b"><use '
        'xlink:href="#a"/></g></defs><use xlink:href="#b"/>'
    ),
    "a pattern": '<pattern id="p" width="8" patternUnits="userSpaceOnUse"><rect '
    'width="6" height="6"/></pattern>'
    '<rect width="9" height="9" fill="url(#p)"/>',
    "a marker": (
        '<marker id="m" orient="auto" refX="1"><path d="M0 '
        '0"/></marker><path d="M0 0" marker-end="url(#m)"/>'
    ),
    "a filter": (
        '<filter id="f"><feGaussianBlur stdDeviation="2" '
        'in="SourceGraphic"/></filter><g filter="url(#f)"/>'
    ),
    "a nested picture": '<svg x="1" width="9" height="9" viewBox="0 0 1 1"><circle r="1"/></svg>',
    "text along a path": '<text><textPath xlink:href="#a" startOffset="9">Timber</textPath></text>',
}


@pytest.mark.parametrize("name", KEPT)
def test_what_browsers_draw_safely_is_kept(name):
    content, left_out = svg.clean_and_tell(f"{HEAD}{KEPT[name]}{SHAPE}</svg>".encode())
    inside = content.decode().partition(">\n")[2].partition(">")[2].replace(" />", "/>")
    # "href" comes last, without the prefix that old programs need.
    expected = re.sub(r'<(\w+) xlink:href="(#\w)"([^/>]*)', r'<\1\3 href="\2"', KEPT[name])
    assert inside == f"{expected}{SHAPE}</svg>"
    assert left_out == []


def test_what_is_left_out_is_named_unless_nobody_could_see_it():
    parts = "<image/><metadata/><script/><meshgradient/><style>a{b:url(//evil)}</style>"
    text = f"{HEAD}{parts}{SHAPE}</svg>"
    assert svg.clean_and_tell(text.encode())[1] == ["image", "meshgradient", "style"]


def test_links_go_and_what_they_hold_stays():
    text = svg.clean(f'{HEAD}<a href="https://evil.example/">{SHAPE}</a></svg>'.encode()).decode()
    assert '<g><path d="M0 0h300v100z" fill="#063" /></g>' in text
    assert "href" not in text


def test_a_filter_with_a_part_that_is_not_kept_goes_as_a_whole():
    """Half of it would show something else, and a shape whose filter is not there is shown by no
    old browser.
    """
    text = (
        f'{HEAD}<filter id="f"><feFlood/><feImage/></filter><rect width="9" '
        f'height="9" filter="url(#f)"/></svg>'
    )
    content, left_out = svg.clean_and_tell(text.encode())
    assert b"filter" not in content
    assert left_out == ["filter"]


@pytest.mark.parametrize("doctype", [
    "<!DOCTYPE svg>",
    ('<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
    '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'),
    ("<!DOCTYPE svg SYSTEM 'svg.dtd' "
    "[<!ENTITY ns_svg \"http://www.w3.org/2000/svg\">\n<!ENTITY x 'y'>]>"),
    '<!DOCTYPE svg [ ]>',
])  # fmt: skip
def test_a_document_type_as_drawing_programs_write_it_is_dropped(doctype):
    head = HEAD.replace("http://www.w3.org/2000/svg", "&ns_svg;") if "ns_svg" in doctype else HEAD
    text = svg.clean(
        f"<?xml version='1.0'?><!-- a program -->{doctype}{head}{SHAPE}</svg>".encode()
    ).decode()
    assert text.endswith('<path d="M0 0h300v100z" fill="#063" /></svg>')


def test_names_that_would_make_a_file_grow_are_refused():
    name = "a" * 200
    text = f'<!DOCTYPE svg [<!ENTITY a "{name}">]>{HEAD}<desc>{"&a;" * 40_000}</desc>{SHAPE}</svg>'
    with pytest.raises(ValidationError, match="cannot be read"):
        svg.clean(text.encode())


@pytest.mark.parametrize(("size", "expected"), [
    ('viewBox="0 0 10563 10733"', ("3936.64", "4000", "0 0 10563 10733")),
    ('viewBox="0 0 .5 .25"', ("2", "1", "0 0 0.5 0.25")),
    ('viewBox="0,0,30,10" width="100%" height="100%"', ("30", "10", "0 0 30 10")),
    ('viewBox="0 0 30 10" width="0" height="0"', ("30", "10", "0 0 30 10")),
    ('width="1in" height="48px"', ("96", "48", "0 0 96 48")),
    ('width="30" height="10" viewBox="none"', ("30", "10", "0 0 30 10")),
])  # fmt: skip
def test_a_picture_says_how_large_it_is_in_many_ways(size, expected):
    text = svg.clean(
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{SHAPE}</svg>'.encode()
    ).decode()
    assert re.search(r'width="(.+?)" height="(.+?)" viewBox="(.+?)"', text).groups() == expected


@pytest.mark.parametrize("content", [
    '<pattern id="p"><rect fill="url(#p)"/></pattern><rect style="fill:url(#p)"/>',
    "".join(
        f'<pattern id="p{n}">{f"""<rect fill="url(#p{n - 1})"/>""" * 10}</pattern>'
        for n in range(1, 8)
    ) + '<rect fill="url(#p7)"/>',
])  # fmt: skip
def test_patterns_that_multiply_themselves_are_refused(content):
    with pytest.raises(ValidationError, match="repeats its parts too often"):
        svg.clean(f"{HEAD}{content}{SHAPE}</svg>".encode())


def test_rules_of_a_style_that_lead_out_go_alone():
    text = svg.clean(
        f'{HEAD}<rect width="9" height="9" style="fill:#063;mask:url(//evil)"/></svg>'.encode()
    ).decode()
    assert 'style="fill:#063"' in text


def test_a_style_sheet_loses_what_it_fetches_and_keeps_its_colours():
    sheet = (
        "/* http://a.program */@font-face{font-family:x;src:url(//evil)}@import 'evil';.a{fill:red}"
    )
    text = svg.clean(f"{HEAD}<style>{sheet}</style>{SHAPE}</svg>".encode()).decode()
    assert "<style>.a{fill:red}</style>" in text


def test_drawings_that_multiply_themselves_do_not():
    steps = "".join(f'<g id="s{n}">{f"""<use href="#s{n - 1}"/>""" * 10}</g>' for n in range(1, 10))
    text = svg.clean(
        f'{HEAD}<path id="s0" d="M0 0h1"/>{steps}<use href="#s9"/></svg>'.encode()
    ).decode()
    assert set(re.findall(r'<use href="([^"]+)"', text)) == {"#s0"}


@pytest.mark.parametrize(("content", "reason"), [
    ("<svg", "cannot be read"),
    ('<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>' + f"{HEAD}<text>&b;</text></svg>",
        "cannot be read"),
    ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + f"{HEAD}<text>&a;</text></svg>",
        "cannot be read"),
    ("<?xml version='1.0' encoding='klingon'?>" + f"{HEAD}{SHAPE}</svg>", "cannot be read"),
    (f"{HEAD}<script>1</script></svg>", "Nothing that can be shown"),
    (f"{HEAD}{'<g>' * 20_000}{SHAPE}{'</g>' * 20_000}</svg>", "Nothing that can be shown"),
    ('<html xmlns="http://www.w3.org/1999/xhtml" width="9" height="9"><path/></html>',
        "Nothing that can be shown"),
    (HEAD.replace("0 0 300 100", "0 0 nan 100") + f"{SHAPE}</svg>", "how large"),
    (HEAD.replace("0 0 300 100", "a b c d") + f"{SHAPE}</svg>", "how large"),
    (HEAD.replace("viewBox", "data") + f"{SHAPE}</svg>", "how large"),
    (HEAD.replace("300 100", "300000 100") + f"{SHAPE}</svg>", "how large"),
    (f"{HEAD}{SHAPE * 10_000}</svg>", "at most 200 KB"),
])  # fmt: skip
def test_what_cannot_be_shown_is_refused_with_a_reason(content, reason):
    with pytest.raises(ValidationError, match=reason):
        svg.clean(content.encode())


@pytest.mark.parametrize(
    "address", ["/cms/images/add/", "/cms/images/multiple/add/", "/cms/images/chooser/create/"]
)
def test_it_is_uploaded_clean_and_served_so_that_nothing_runs(site, admin_client, address):
    content = f"{HEAD}{''.join(HOSTILE.values())}{SHAPE}</svg>".encode()
    field = {
        "/cms/images/multiple/add/": "files[]",
        "/cms/images/chooser/create/": "image-chooser-upload-file",
    }
    data = {
        "title": "Logo",
        "image-chooser-upload-title": "Logo",
        "image-chooser-upload-collection": 1,
    }
    data |= {"collection": 1, field.get(address, "file"): SimpleUploadedFile("Logo.SVG", content)}
    admin_client.post(address, data, HTTP_X_REQUESTED_WITH="XMLHttpRequest")
    image = CustomImage.objects.get()
    assert (image.width, image.height) == (300, 100)
    response = admin_client.get(image.file.url)
    assert response["Content-Type"] == "image/svg+xml"
    assert response["Content-Security-Policy"].startswith(
        "sandbox; default-src 'none'; style-src 'unsafe-inline'"
    )
    assert b"evil" not in b"".join(response.streaming_content)


def test_it_is_shown_by_itself_and_in_the_cms(site, admin_client, django_assert_num_queries):
    image = picture(LOGO)
    with django_assert_num_queries(0):
        shown = Template('{% load core_tags %}{% picture image "Logo of Timber" %}').render(
            Context({"image": image})
        )
    assert shown == (
        f'<picture><img src="{image.file.url}" alt="Logo of Timber" '
        f'width="960" height="320" loading="lazy" '
        'decoding="async"></picture>'
    )
    for address in ("/cms/images/", f"/cms/images/{image.pk}/"):
        response = admin_client.get(address)
        assert response.status_code == 200
        assert re.search(r'<img[^>]+src="[^"]+\.svg"', response.content.decode())


def test_a_profile_with_one_is_shared_with_the_picture_of_the_site(site, client):
    index = factories.add_partner_index(site)
    logo = picture(LOGO)
    page = factories.add_partner(index, logo=logo, logo_alt="Logo of Timber")
    text = client.get(page.get_url()).content.decode()
    assert f'src="{logo.file.url}"' in text
    assert re.search(r'property="og:image" content="([^"]+)"', text)[1].endswith(".png")
    assert logo.file.url in client.get(index.get_url()).content.decode()


def test_of_a_drawn_logo_only_the_shape_matters(site):
    check_logo(picture(LOGO.replace("0 0 300 100", "0 0 30 10")))
    with pytest.raises(ValidationError):
        check_logo(picture(LOGO.replace("0 0 300 100", "0 0 700 100")))
