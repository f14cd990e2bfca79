// clang-format off: lines without semicolons
// The list of additions, in the order in which they are applied: the air, the surroundings of the
// terminals, the shell around the receiver. One line each, read by the compiler
// (propagation/additions.cpp) and by the build (CMakeLists.txt compiles additions/<id>.cpp for each
// line).
YONDER_ADDITION(gases_p676)
YONDER_ADDITION(rain_p530)
YONDER_ADDITION(dust_rayleigh)
YONDER_ADDITION(vegetation_p833)
YONDER_ADDITION(clutter_p2108_height_gain)
YONDER_ADDITION(clutter_p2108_statistical)
YONDER_ADDITION(building_entry_p2109)
YONDER_ADDITION(vehicle_penetration)
