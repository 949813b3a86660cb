/* Names that completions offer: looked up quickly, without starting an interpreter. */
#ifndef ZCB_DRIVER_CANDIDATES_H
#define ZCB_DRIVER_CANDIDATES_H

/* Takes one name and what it means ("" where there is nothing to say); both are borrowed. */
typedef void zcb_candidate_take(void *context, const char *name, const char *meaning);

/* Every pair by name, as its file is called, each once; and `all`. */
void zcb_candidates_pairs(zcb_candidate_take *take, void *context);

/* Versions of the interpreters whose programs are called python3.N on PATH or lie in pyenv's
 * folder, each once; and `all`. Whether they can be used is not asked. */
void zcb_candidates_pythons(zcb_candidate_take *take, void *context);

#endif
