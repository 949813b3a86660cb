/* samples.csv as text: its first line, and the cell and the row that are good. */
#ifndef ZCB_TESTS_STORE_SAMPLES_TEXT_H
#define ZCB_TESTS_STORE_SAMPLES_TEXT_H

#define HEADER                                                                                 \
    "python,pair,lane,heap,cache,consumer,size_bytes,launch,block,order,arm,iterations,"       \
    "elapsed_ns,minor_faults\n"
#define CELL "cp311,bytes_slice,python,default,hot,drop,4096,"
#define GOOD CELL "1,0,0,copy,1000,512345,0\n"

#endif
