/* What a row of samples.csv may hold: asked by its reader and by its writer, so that nothing is
 * written that could not be read back. */
#ifndef ZCB_STORE_SAMPLES_ROW_H
#define ZCB_STORE_SAMPLES_ROW_H

/* 1 for copy, null, twin, limit, view and view:<name>. */
int zcb_sample_arm_is_known(const char *arm);

#endif
