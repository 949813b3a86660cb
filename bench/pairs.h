/* The list of C pairs: one line each, folder and name of the file that defines it. Read by the
 * worker (with ZCB_PAIR defined) and by CMake (which takes the words between the brackets). */
ZCB_PAIR(capi, bytes_slice)
