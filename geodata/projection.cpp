#include "geodata/projection.h"

#include <cpl_conv.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

#include "core/units.h"
#include "geodata/error.h"
#include "geodata/gdal/support.h"

namespace yonder::geodata {
namespace {

std::string coordinates(LonLat p) {
  char text[64];
  std::snprintf(text, sizeof(text), "lon %.6g, lat %.6g", p.lon_deg, p.lat_deg);
  return text;
}

std::string wkt2_of(const OGRSpatialReference& reference) {
  const char* const options[] = {"FORMAT=WKT2_2019", nullptr};
  char* text = nullptr;
  reference.exportToWkt(&text, options);
  std::string wkt = text ? text : "";
  CPLFree(text);
  return wkt;
}

}  // namespace

struct Projection::State {
  explicit State(const OGRSpatialReference& crs)
      : reference(crs),
        forward(make_transform(wgs84(), crs)),
        inverse(make_transform(crs, wgs84())) {
    const char* authority = reference.GetAuthorityName(nullptr);
    const char* code = reference.GetAuthorityCode(nullptr);
    const char* title = reference.GetName();
    if (authority && code)
      name = std::string(authority) + ":" + code;
    else
      name = title ? title : "unnamed";
    wkt = wkt2_of(reference);
  }
  OGRSpatialReference reference;
  TransformPtr forward;
  TransformPtr inverse;
  std::string name;
  std::string wkt;
};

Projection::Projection(std::unique_ptr<State> state) : state_(std::move(state)) {}
Projection::Projection(const Projection& other)
    : state_(std::make_unique<State>(other.state_->reference)) {}
Projection::Projection(Projection&&) noexcept = default;
Projection& Projection::operator=(const Projection& other) {
  if (this != &other) state_ = std::make_unique<State>(other.state_->reference);
  return *this;
}
Projection& Projection::operator=(Projection&&) noexcept = default;
Projection::~Projection() = default;

Projection Projection::utm_for(LonLat position) {
  if (!(std::abs(position.lat_deg) <= 80.0))
    throw GeodataError("no UTM zone at " + coordinates(position) +
                       ": UTM covers latitudes from -80 to 80 degrees; name a polar projection, "
                       "such as EPSG:3995 or EPSG:3031");
  if (!std::isfinite(position.lon_deg))
    throw GeodataError("no UTM zone at " + coordinates(position));
  const double lon = position.lon_deg - 360.0 * std::floor((position.lon_deg + 180.0) / 360.0);
  const int zone = std::min(60, static_cast<int>(std::floor((lon + 180.0) / 6.0)) + 1);
  ensure_gdal();
  const ErrorCapture errors;
  OGRSpatialReference reference;
  if (reference.importFromEPSG((position.lat_deg >= 0.0 ? 32600 : 32700) + zone) != OGRERR_NONE)
    throw GeodataError("the EPSG database of PROJ is not usable" + errors.reason());
  reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  return Projection(std::make_unique<State>(reference));
}

Projection Projection::from_text(const std::string& crs) {
  ensure_gdal();
  OGRSpatialReference reference;
  {
    const ErrorCapture errors;
    // The text is a CRS, not the name of a file or an address to read one from.
    if (reference.SetFromUserInput(
            crs.c_str(), OGRSpatialReference::SET_FROM_USER_INPUT_LIMITATIONS_get()) != OGRERR_NONE)
      throw GeodataError("'" + crs + "' is not a coordinate system" + errors.reason() +
                         "; write a projected one in metres, such as EPSG:32645");
  }
  reference.StripVertical();
  reference.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
  if (!reference.IsProjected())
    throw GeodataError("'" + crs +
                       "' is not a projected coordinate system; distances need metres: write one "
                       "such as EPSG:32645 (WGS 84 / UTM zone 45N)");
  const char* unit = nullptr;
  if (std::abs(reference.GetLinearUnits(&unit) - 1.0) > 1e-9)
    throw GeodataError("'" + crs + "' has the unit " + (unit ? unit : "unknown") +
                       "; a coordinate system in metres is needed, such as EPSG:32645");
  return Projection(std::make_unique<State>(reference));
}

MapPoint Projection::to_map(LonLat position) const {
  double x = position.lon_deg;
  double y = position.lat_deg;
  const ErrorCapture errors;
  if (!state_->forward->Transform(1, &x, &y))
    throw GeodataError(coordinates(position) + " has no place in " + state_->name +
                       errors.reason());
  return {x, y};
}

LonLat Projection::to_lonlat(MapPoint point) const {
  double x = point.x_m;
  double y = point.y_m;
  const ErrorCapture errors;
  if (!state_->inverse->Transform(1, &x, &y)) {
    char text[80];
    std::snprintf(text, sizeof(text), "x %.10g, y %.10g", point.x_m, point.y_m);
    throw GeodataError(std::string(text) + " m in " + state_->name + " is no place on the earth" +
                       errors.reason());
  }
  return {x, y};
}

MapDistortion Projection::distortion_at(LonLat position) const {
  // Short steps along the meridian and the parallel, whose true lengths are M dlat and
  // N cos(lat) dlon (radii of curvature of the WGS 84 ellipsoid); central differences of 2 x 100 m
  // leave errors below 1e-9.
  constexpr double kA = 6378137.0;
  constexpr double kF = 1.0 / 298.257223563;
  constexpr double kE2 = kF * (2.0 - kF);
  constexpr double kStepM = 100.0;
  const double sin_lat = std::sin(deg_to_rad(position.lat_deg));
  const double cos_lat = std::cos(deg_to_rad(position.lat_deg));
  const double w2 = 1.0 - kE2 * sin_lat * sin_lat;
  const double prime_vertical_m = kA / std::sqrt(w2);
  const double meridian_m = prime_vertical_m * (1.0 - kE2) / w2;
  const double dlat_deg = rad_to_deg(kStepM / meridian_m);
  const double dlon_deg = rad_to_deg(kStepM / (prime_vertical_m * cos_lat));

  const MapPoint north = to_map({position.lon_deg, position.lat_deg + dlat_deg});
  const MapPoint south = to_map({position.lon_deg, position.lat_deg - dlat_deg});
  const MapPoint east = to_map({position.lon_deg + dlon_deg, position.lat_deg});
  const MapPoint west = to_map({position.lon_deg - dlon_deg, position.lat_deg});
  const double nx = (north.x_m - south.x_m) / (2.0 * kStepM);
  const double ny = (north.y_m - south.y_m) / (2.0 * kStepM);
  const double ex = (east.x_m - west.x_m) / (2.0 * kStepM);
  const double ey = (east.y_m - west.y_m) / (2.0 * kStepM);
  // One scale and one convergence describe the plane only where it is conformal: north and east
  // steps of equal length at right angles.
  const double scale_north = std::hypot(nx, ny);
  const double scale_east = std::hypot(ex, ey);
  constexpr double kTolerance = 1e-4;
  if (std::abs(scale_east / scale_north - 1.0) > kTolerance ||
      std::abs(ex * nx + ey * ny) > kTolerance * scale_north * scale_east)
    throw GeodataError(state_->name + " distorts angles at " + coordinates(position) +
                       ", so that distances and azimuths on it would be wrong; use a conformal "
                       "one, such as UTM (EPSG:326xx, EPSG:327xx)");
  return {std::sqrt(scale_north * scale_east), -std::atan2(nx, ny)};
}

const std::string& Projection::name() const { return state_->name; }
const std::string& Projection::wkt() const { return state_->wkt; }

std::string proj_version() {
  int major = 0, minor = 0, patch = 0;
  OSRGetPROJVersion(&major, &minor, &patch);
  return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(patch) +
         (OSRGetPROJEnableNetwork() != 0 ? ", network on" : ", network off");
}

}  // namespace yonder::geodata
