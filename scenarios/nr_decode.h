#pragma once

#include "core/path_loss_model.h"
#include "scenarios/nr_config.h"
#include "scenarios/scenario_reader.h"

/// The parts of a scenario that nr_config.h holds, read from its sections. What is wrong is noted.
namespace yonder::scenarios {

/// All of a carrier but id, frequency and spacing, which are there already.
void decode_carrier_nr(const SectionReader& section, CarrierConfig& carrier);

CellRadioConfig decode_cell_radio(const SectionReader& section);

TerminalConfig decode_terminal(const SectionReader& section);

ServiceConfig decode_service(const SectionReader& section);

/// Layers written when a scenario does not name them.
std::vector<std::string> default_service_layers();

}  // namespace yonder::scenarios
