#pragma once

/// Attenuation by suspended sand and dust: Rayleigh absorption by small spheres, with the mass of
/// dust in the air from the visibility.
namespace yonder::propagation::dust {

/// Complex relative permittivity of the grains, eps' - j eps''.
struct Grains {
  double permittivity = 4.56;
  double loss_factor = 0.251;
  double density_kg_per_m3 = 2440.0;
};

/// Dust in the air, kg/m3: M = 2.3e-5 / V^1.07 with the visibility V in km (Patterson and Gillette,
/// J. Geophys. Res. 82 (1977), as used by Goldhirsh, Radio Sci. 17 (1982)).
double mass_kg_per_m3(double visibility_m);

/// Specific attenuation, dB/km, of grains much smaller than the wavelength (van de Hulst 1957;
/// Goldhirsh 1982): 4.343e3 (18 pi / lambda) v eps'' / ((eps' + 2)^2 + eps''^2), v the volume of
/// dust per volume of air.
double specific_attenuation_db_per_km(double frequency_hz, double visibility_m,
                                      const Grains& grains);

}  // namespace yonder::propagation::dust
