#pragma once

#include "propagation/addition.h"

/// Attenuation in a sand or dust storm of a given visibility.
namespace yonder::propagation::dust_rayleigh {

extern const AdditionInfo kAddition;

}  // namespace yonder::propagation::dust_rayleigh
