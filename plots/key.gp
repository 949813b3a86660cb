# The names under the drawing; head.gp has made room for them.
if (entries > 1) {
    set key at screen 0.5, screen 5.0 / height center bottom horizontal Left reverse \
        samplen 1.2 font ',12' maxcols key_columns
} else {
    unset key
}
