# Opens name.svg, name.png or name.pdf (kind), width × height points large. `suffix`, if the
# caller sets one, is put behind the name, so that a picture can be checked before it takes its
# place.
if (!exists('suffix')) { suffix = '' }
if (kind eq 'svg') {
    set terminal svg noenhanced size width, height font 'DejaVu Sans,Arial,sans-serif,12' \
        name svg_name background rgb 'white'
} else { if (kind eq 'pdf') {
    set terminal pdfcairo noenhanced size width / 72.0, height / 72.0 font 'sans,12' \
        fontscale 0.75 linewidth 1 background rgb 'white'
} else {
    set terminal pngcairo noenhanced size 2 * width, 2 * height font 'sans,12' \
        fontscale 1.5 linewidth 2 pointscale 2 background rgb 'white'
} }
set output name.'.'.kind.suffix
