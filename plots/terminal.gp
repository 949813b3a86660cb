# Opens name.svg or name.png (kind), width × height points large, text text_scale times the usual
# size. `suffix`, if the caller sets one, is put behind the name, so that a picture can be checked
# before it takes its place.
if (!exists('suffix')) { suffix = '' }
if (kind eq 'svg') {
    set terminal svg noenhanced size width, height font 'DejaVu Sans,Arial,sans-serif' \
        fontscale 1.3 * text_scale name svg_name background rgb 'white'
} else {
    set terminal pngcairo noenhanced size 2 * width, 2 * height font 'sans,12' \
        fontscale 2.2 * text_scale linewidth 2 pointscale 2 background rgb 'white'
}
set output name.'.'.kind.suffix
