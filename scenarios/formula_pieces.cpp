#include <array>

#include "scenarios/loss_cases.h"

namespace yonder::scenarios {
namespace pieces {

#define YONDER_FORMULA_PIECE(id) nlohmann::ordered_json id(const nlohmann::json& loss_case);
#include "scenarios/formula_piece_list.h"
#undef YONDER_FORMULA_PIECE

}  // namespace pieces

std::span<const FormulaPiece> formula_pieces() {
#define YONDER_FORMULA_PIECE(id) FormulaPiece{#id, pieces::id},
  static constexpr auto kPieces = std::to_array<FormulaPiece>({
#include "scenarios/formula_piece_list.h"
  });
#undef YONDER_FORMULA_PIECE
  return kPieces;
}

}  // namespace yonder::scenarios
