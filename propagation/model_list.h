// clang-format off: lines without semicolons
// The list of propagation models: one line each, read by the compiler (propagation/models.cpp) and
// by the build (CMakeLists.txt compiles models/<id>.cpp for each line). A test demands for each
// line tests/reference/<id>.jsonl or .csv and docs/models/<id>.md.
YONDER_MODEL(free_space)
YONDER_MODEL(okumura_hata)
YONDER_MODEL(cost231_hata)
YONDER_MODEL(extended_hata)
YONDER_MODEL(extended_hata_seamcat)
YONDER_MODEL(itm)
YONDER_MODEL(itu_p528)
YONDER_MODEL(itu_p1812)
YONDER_MODEL(itu_p1546)
YONDER_MODEL(itu_p2001)
YONDER_MODEL(tr38901_rma)
YONDER_MODEL(tr38901_uma)
YONDER_MODEL(tr38901_umi)
YONDER_MODEL(tr36777_rma_av)
YONDER_MODEL(two_ray_sea)
YONDER_MODEL(leaky_feeder)
YONDER_MODEL(spm)
YONDER_MODEL(itu_p526)
YONDER_MODEL(auto)
