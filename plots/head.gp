# Puts title_text and under it finding_1 … above the drawing, which is `body` points high and
# starts `head` points below the upper edge, and the names of `entries` below it, in rows, at most
# `widest` columns each, below a drawing `room` points wide.
# Sets height, key_height and the lower margin.
height = body + head
key_columns = floor(room / (widest * 8.4 + 37.0)) # as wide as gnuplot takes them to be
key_columns = key_columns < 1 ? 1 : key_columns > entries ? entries : key_columns
key_height = entries > 1 ? 17.0 * ceil(entries * 1.0 / key_columns) + 4.0 : 0.0
height = height + key_height
set bmargin at screen (key_height + 50.0) / height
set label 901 title_text at screen 8.0 / width, screen 1 - 15.0 / height left font ',14'
do for [i = 1:findings] {
    set label 901 + i value(sprintf('finding_%d', i)) at screen 8.0 / width, \
        screen 1 - (15.0 + 16.0 * i) / height left font ',12' textcolor rgb '#333333'
}
