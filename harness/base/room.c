/* See room.h. */
#include "base/room.h"

#include <stdint.h>
#include <stdlib.h>

enum { FEWEST = 32 };

void *zcb_with_room(void *array, size_t *capacity, size_t wanted, size_t element_bytes)
{
    if (wanted <= *capacity) {
        return array;
    }
    size_t most = SIZE_MAX / element_bytes;
    size_t raised = *capacity > most / 2 ? most : 2 * *capacity;
    raised = raised < FEWEST ? FEWEST : raised;
    raised = raised < wanted ? wanted : raised;
    void *grown = raised > most ? NULL : realloc(array, raised * element_bytes);
    if (grown != NULL) {
        *capacity = raised;
    }
    return grown;
}
