// The list of formula pieces: one line each. YONDER_FORMULA_PIECE(id) names the case files' id and
// the function pieces::id(const json&) of some scenarios/formula_pieces_<topic>.cpp.
YONDER_FORMULA_PIECE(itu_p2108_height_gain)
YONDER_FORMULA_PIECE(itu_p2108_terrestrial_statistical)
YONDER_FORMULA_PIECE(itu_p2108_slant_statistical)
YONDER_FORMULA_PIECE(itu_p2109)
YONDER_FORMULA_PIECE(itu_p838)
YONDER_FORMULA_PIECE(itu_p676_specific_attenuation)
YONDER_FORMULA_PIECE(itu_p526_spherical_earth)
YONDER_FORMULA_PIECE(itu_p526_bullington)
YONDER_FORMULA_PIECE(itu_p526_delta_bullington)
YONDER_FORMULA_PIECE(itu_p526_knife_edge)
YONDER_FORMULA_PIECE(nr_prach_range)
YONDER_FORMULA_PIECE(nr_tbs)
