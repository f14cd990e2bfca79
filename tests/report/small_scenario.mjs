// A coast with a hill: two sites, two terminals, and names that try to be markup.
export const kTerrain = `yonder_terrain: 1
name: report test (synthetic)
seed: 7
step_arcsec: 9
rounding_m: 1
box: {west_deg: 111.7, south_deg: 21.2, east_deg: 112.4, north_deg: 21.8}
known_heights:
  - {lon_deg: 111.8, lat_deg: 21.7, height_amsl_m: 160}
  - {lon_deg: 112.0, lat_deg: 21.6, height_amsl_m: 90}
  - {lon_deg: 112.2, lat_deg: 21.5, height_amsl_m: 12}
  - {lon_deg: 112.35, lat_deg: 21.25, height_amsl_m: 5}
roughness: {rms_m: 12, scale_m: 1500}
`;

/** Sea in the south-east. */
export const kLand = `{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry":
{"type": "Polygon", "coordinates": [[[111, 21.42], [111.9, 21.42], [112.05, 21.52], [112.3, 21.56], [113, 21.6], [113, 22], [111, 22],
[111, 21.42]]]}}, {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates":
[[[112.99, 21], [113, 21], [113, 21.01], [112.99, 21]]]}}]}`;

export const kScenario = `yonder: 1
id: report-test
title:
  en: "Test <script>window.hurt = 1</script> <img src=x onerror='window.hurt = 2'> & coast"
  zh: "测试 <b>海岸</b> & 山"
area: {around_sites_km: 11, pixel_m: 300}
calculation: {radius_km: 12}
terrain: {sources: [terrain.tif], sea: {land_polygons: land.geojson}}
carriers:
  - {id: n28, band: n28, frequency_mhz: 773, bandwidth_mhz: 30, subcarrier_spacing_khz: 15}
antennas:
  - {id: panel, type: sector_3gpp, gain_dbi: 15, horizontal_beamwidth_deg: 65, vertical_beamwidth_deg: 10}
cell_defaults: {height_agl_m: 40}
sites:
  - id: A
    name: {en: "Cape <b>A</b>", zh: 岬角}
    lon_deg: 112.02
    lat_deg: 21.53
    cells:
      - {id: A1, carrier: n28, antenna: panel, azimuth_deg: 130, power_w: 80, feeder_loss_db: 0.5}
      - {id: A2, carrier: n28, antenna: panel, azimuth_deg: 300, power_w: 80, feeder_loss_db: 0.5}
  - id: B
    name: {en: Village, zh: 村庄}
    lon_deg: 112.1
    lat_deg: 21.58
    cells:
      - {id: B1, carrier: n28, antenna: panel, height_agl_m: 25, azimuth_deg: 210, power_w: 20}
terminals:
  - {id: phone, profile: handset_outdoors, name: {en: "phone-user <i>", zh: 手机用户}}
  - {id: deck, profile: deck}
service:
  layers: [class, binding, rsrp, sinr, dl_rate, ul_rate, probability]
propagation: {model: itu_p1812, parameters: {delta_n_per_km: 48, n0: 365}}
thresholds: [{id: good, rsrp_dbm: -105, name: {en: good, zh: 良好}}, {id: edge, rsrp_dbm: -115, name: {en: edge, zh: 边缘}}]
shapes:
  routes:
    - id: road
      name: {en: "Coast <i>road</i>", zh: 海岸公路}
      waypoints: [[111.96, 21.49], [112.02, 21.54], [112.12, 21.6]]
      step_m: 200
      speed_kmh: 80
  points:
    - {id: places, name: {en: Places, zh: 地点}, file: points.csv}
outputs: {picture: false}
`;

export const kPoints = `id,name,name_zh,lon,lat,weight
temple,Temple <b>,寺庙,112.03,21.55,120
jetty,Jetty,码头,112.06,21.52,30
`;

export const kVariants = `variants:
  - {id: low, name: {en: Low mast, zh: 低塔}}
  - {id: high, name: {en: High mast, zh: 高塔}, set: {cell_defaults.height_agl_m: 80}}
`;

export const kClaims = `- what: share of the road, phone
  what_zh: 公路占比
  claim: "the road is covered <b>"
  claim_zh: 公路已覆盖
  at: /shapes/routes/road/terminals/phone/covered_share
  band: [0.5, 1]
  source: a test
- what: something that was not computed
  claim: anything
  at: /shapes/routes/nowhere/length_m
  band: [0, 1]
  source: a test
`;
