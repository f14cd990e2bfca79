#include "scenarios/loss_cases.h"

namespace yonder::scenarios {

std::span<const FormulaPiece> formula_pieces() { return {}; }

}  // namespace yonder::scenarios
