// clang-format off: lines without semicolons
// The list of propagation models: one line each, read by the compiler (propagation/models.cpp) and
// by the build (CMakeLists.txt compiles models/<id>.cpp for each line). A test demands for each
// line tests/reference/<id>.jsonl or .csv and docs/models/<id>.md.
YONDER_MODEL(free_space)
YONDER_MODEL(okumura_hata)
YONDER_MODEL(cost231_hata)
YONDER_MODEL(extended_hata)
YONDER_MODEL(itm)
YONDER_MODEL(itu_p1812)
YONDER_MODEL(itu_p526)
