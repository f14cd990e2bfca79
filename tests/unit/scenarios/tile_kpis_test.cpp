#include "scenarios/batch/tile_kpis.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace yonder::scenarios {
namespace {

using nlohmann::ordered_json;

/// Counts of so many judged pixels, `served` of them with effective service at a mean rate.
TileKpis tile(std::size_t judged, std::size_t served, double rate_bps) {
  TileKpis kpis;
  kpis.coverage.judged_pixels = judged;
  kpis.coverage.status_pixels = {{pixel_status::kOk, judged}, {pixel_status::kBeyondRadius, 3}};
  kpis.coverage.thresholds = {{-105.0, {judged, served}, {0, 0}, {judged, served}},
                              {-115.0, {judged - 1, served}, {1, 1}, {judged, served + 1}}};
  kpis.coverage.lack = {judged - served, 1, 2, 3, 4};
  kpis.rim = {7, 2};
  kpis.served_pixels = {judged, 0};
  ServiceKpis service;
  service.judged = {judged - 1, 1};
  service.classes[static_cast<std::size_t>(nr::ServiceClass::effective)] = {served, 0};
  service.classes[static_cast<std::size_t>(nr::ServiceClass::none)] = {judged - served, 0};
  service.failing[2] = judged - served;
  service.mean_downlink_bps = rate_bps;
  service.mean_probability = 0.25;
  service.voice = {judged - served, served, 0};
  service.overlapping = 2;
  kpis.services = {service};
  AvailabilityKpis availability;
  availability.judged = {judged, 0};
  availability.served = {{50.0, {served, 0}}};
  availability.mean_percent = 50.0;
  kpis.availability = {availability};
  return kpis;
}

TEST(TileKpis, CountsAddUpAndMeansAreWeighted) {
  TileKpis sum;
  sum.add(tile(10, 4, 100e6));
  sum.add(tile(30, 16, 20e6));
  EXPECT_EQ(sum.coverage.judged_pixels, 40U);
  EXPECT_EQ(sum.coverage.status_pixels.at(pixel_status::kBeyondRadius), 6U);
  EXPECT_EQ(sum.coverage.thresholds[0].land.covered, 20U);
  EXPECT_EQ(sum.coverage.thresholds[1].sea.pixels, 2U);
  EXPECT_EQ(sum.coverage.lack.beyond_radius, 8U);
  EXPECT_EQ(sum.rim.pixels, 14U);
  EXPECT_EQ(sum.rim.above, 4U);
  const ServiceKpis& service = sum.services[0];
  EXPECT_EQ(service.judged.all(), 40U);
  EXPECT_EQ(service.failing[2], 20U);
  EXPECT_EQ(service.voice[1], 20U);
  // Over pixels with service: (4 * 100 + 16 * 20) / 20.
  EXPECT_DOUBLE_EQ(service.mean_downlink_bps, 36e6);
  EXPECT_DOUBLE_EQ(service.mean_probability, 0.25);
  EXPECT_EQ(sum.availability[0].served[0].pixels.land, 20U);
}

TEST(TileKpis, ATileWithoutServiceDoesNotLowerTheMeanRate) {
  TileKpis sum;
  sum.add(tile(10, 0, 0.0));
  sum.add(tile(10, 5, 40e6));
  sum.add(tile(10, 0, 0.0));
  EXPECT_DOUBLE_EQ(sum.services[0].mean_downlink_bps, 40e6);
}

TEST(TileKpis, ComeBackFromTheRecordBitForBit) {
  const TileKpis before = tile(10, 4, 1e8 / 3.0);
  const std::string text = to_json(before).dump();
  const TileKpis after = tile_kpis_from_json(ordered_json::parse(text));
  EXPECT_EQ(to_json(after).dump(), text);
  EXPECT_EQ(after.services[0].mean_downlink_bps, before.services[0].mean_downlink_bps);
  EXPECT_EQ(after.coverage.thresholds[1].sea.covered, 1U);
}

TEST(TileKpis, ARecordThatLacksSomethingIsRefused) {
  ordered_json json = to_json(tile(10, 4, 1.0));
  json["coverage"].erase("lack");
  EXPECT_THROW(tile_kpis_from_json(json), ordered_json::exception);
}

}  // namespace
}  // namespace yonder::scenarios
