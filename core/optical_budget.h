#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Optical budgets of passive fibre links: the access of a site, an island or a village.
namespace yonder::optical {

/// Transceivers of a passive optical network by the attenuation between them (ITU-T G.984.2).
struct PonClass {
  std::string_view name;
  double least_loss_db = 0.0;  ///< below, the receiver is overloaded
  double greatest_loss_db = 0.0;
  std::string_view source;
};

/// Known classes.
std::span<const PonClass> pon_classes();
/// The class of that name ("B+"), or nullptr.
const PonClass* find_pon_class(std::string_view name);

/// Loss of a splitter with 2, 4, 8, 16, 32 or 64 outputs, its excess included; a "splitter" with
/// one output is none. Throws std::invalid_argument for other numbers.
double splitter_loss_db(int outputs);

/// Logical reach of a G-PON (ITU-T G.984.1 section 8), beyond which ranging ends whatever the
/// power.
inline constexpr double kPonReachM = 20e3;
/// Terminals that a G-PON can tell apart: an ONU-ID below 128 each (ITU-T G.984.3).
inline constexpr int kPonTerminals = 128;
/// Of G.652 fibre at 1310 nm, the upstream of a PON, where it is larger than downstream.
inline constexpr double kFibre1310DbPerKm = 0.35;

/// A fibre with what lies on it, from one transceiver to the farthest other.
struct Link {
  bool point_to_point = false;  ///< else a passive optical network
  std::string optics;           ///< "class B+", "2 to -24 dBm": for reading
  double least_loss_db = 0.0;
  double greatest_loss_db = 28.0;  ///< that the transceivers bear between them
  double length_m = 0.0;           ///< of fibre, not of the line of sight
  double fibre_db_per_km = kFibre1310DbPerKm;
  std::vector<int> splitters;  ///< outputs of splitters one after the other
  int connectors = 2;
  double connector_db = 0.5;
  int splices = 0;
  double splice_db = 0.1;
  double margin_db = 3.0;  ///< for ageing and repair
  double reach_m = 0.0;    ///< whatever the loss: logical, or by dispersion; 0: none
};

enum class Verdict {
  works,
  too_much_loss,   ///< the margin is not left
  beyond_reach,    ///< bears the loss, but not the length
  too_little_loss  ///< works with an attenuator only
};
std::string_view verdict_text(Verdict verdict);

struct Row {
  std::string name;
  double loss_db = 0.0;
};

struct Budget {
  std::vector<Row> rows;  ///< fibre, splitters, connectors, splices
  double loss_db = 0.0;   ///< their sum
  double spare_db = 0.0;  ///< what is left of the greatest loss after loss and margin
  double longest_m =
      0.0;  ///< fibre with the same splitters, connectors, splices and margin; 0: none
  bool longest_by_reach = false;  ///< else by loss
  int terminals = 1;              ///< that the splitters serve
  Verdict verdict = Verdict::works;
};

/// Works a link's budget out. Throws std::invalid_argument, in words, for what cannot be: a
/// splitter of another size, splitters on a point-to-point link, more terminals than a PON can tell
/// apart, negative lengths and losses, a fibre without attenuation.
Budget make_budget(const Link& link);

}  // namespace yonder::optical
