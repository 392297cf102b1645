"""The colours and plain shapes of the drawings, as SVG."""

FOREST, MOSS, LEAF, BRICK, CLAY = "#0f3d3a", "#3f7d5c", "#8fbf8f", "#c4623d", "#e3a57c"
SAND, MIST, INK, SUN, WHITE, WOOD, WOOD_DARK = (
    "#f3e9da",
    "#dbe8e6",
    "#14211f",
    "#f0b94d",
    "#fffaf2",
    "#d9a066",
    "#a86f3d",
)
STONE, STONE_DARK, SHADE = "#b9c4bf", "#8a9a95", "#0f3d3a"
W, H = 1600, 1000


def rect(x, y, w, h, fill, r=0, o=1):
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{w:.1f}" height="{h:.1f}" rx="{r}" fill="{fill}" opacity="{o}"/>'


def poly(points, fill, o=1):
    return f'<polygon points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}" fill="{fill}" opacity="{o}"/>'


def disc(x, y, r, fill, o=1):
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{fill}" opacity="{o}"/>'


def ring(x, y, r, stroke, width, o=1, dash=""):
    return (
        f'<circle cx="{x}" cy="{y}" r="{r}" fill="none" stroke="{stroke}" stroke-width="{width}" opacity="{o}"'
        f' stroke-dasharray="{dash}"/>'
    )


def line(x1, y1, x2, y2, stroke, width=4, o=1):
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{stroke}" stroke-width="{width}"'
        f' stroke-linecap="round" opacity="{o}"/>'
    )


def path(d, fill="none", stroke="none", width=0, o=1):
    return (
        f'<path d="{d}" fill="{fill}" stroke="{stroke}" stroke-width="{width}" stroke-linecap="round" opacity="{o}"/>'
    )


def as_svg(content, width=W, height=H):
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">{content}</svg>'
