"""The elements and attributes that may stand in an SVG picture."""

DRAWN = set("path rect circle ellipse line polyline polygon text tspan textPath use".split())
WITH_TEXT = {"text", "tspan", "textPath", "title", "desc", "style"}
FILTER_PARTS = set(
    """
    feBlend feColorMatrix feComponentTransfer feComposite feDropShadow feFlood feFuncA feFuncB
    feFuncG feFuncR feGaussianBlur feMerge feMergeNode feMorphology feOffset
    """.split()
)
GROUPS = set(
    """
    a clipPath defs filter g linearGradient marker mask pattern radialGradient stop svg switch
    symbol
    """.split()
)
ELEMENTS = DRAWN | WITH_TEXT | GROUPS | FILTER_PARTS
# Elements that show nothing by themselves, so that nobody misses them.
UNSEEN = set(
    """
    animate animateMotion animateTransform cursor desc font foreignObject metadata script set title
    view
    """.split()
)
ATTRIBUTES = set(
    """
    alignment-baseline baseline-shift class clip-path clip-rule clipPathUnits color
    color-interpolation color-interpolation-filters cx cy d direction display dominant-baseline dx
    dy fill fill-opacity fill-rule filter filterUnits flood-color flood-opacity font font-family
    font-size font-stretch font-style font-variant font-weight fr fx fy gradientTransform
    gradientUnits height id image-rendering isolation letter-spacing lengthAdjust marker-end
    marker-mid marker-start markerHeight markerUnits markerWidth mask mask-type maskContentUnits
    maskUnits method mix-blend-mode offset opacity orient overflow paint-order pathLength
    patternContentUnits patternTransform patternUnits points preserveAspectRatio primitiveUnits r
    refX refY rotate rx ry shape-rendering side spacing spreadMethod startOffset stop-color
    stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin
    stroke-miterlimit stroke-opacity stroke-width style systemLanguage text-anchor text-decoration
    text-rendering textLength transform transform-box transform-origin vector-effect viewBox
    visibility width word-spacing writing-mode x x1 x2 y y1 y2
    """.split()
)
FILTER_ATTRIBUTES = set(
    """
    amplitude edgeMode exponent in in2 intercept k1 k2 k3 k4 mode operator radius result slope
    stdDeviation tableValues type values
    """.split()
)
