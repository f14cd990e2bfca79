#include "scenarios/availability.h"

#include <nlohmann/json.hpp>

#include "scenarios/availability_map.h"
#include "scenarios/plan.h"
#include "scenarios/time_plan.h"
#include "tests/unit/scenarios/scenario_fixture.h"

namespace yonder::scenarios {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class Availability : public ScenarioTest {
 protected:
  static std::string scenario(const std::string& model, const std::string& percents) {
    return replaced(good_but("model: free_space", "model: " + model), "resource_blocks: 160}",
                    "bandwidth_mhz: 30, band: n28}") +
           "terminals: [{id: phone, profile: handset_outdoors}]\n"
           "availability: {time_percents: " +
           percents + "}\n";
  }
  std::string complaint(const std::string& text) const {
    std::string texts;
    for (const ScenarioError& error : errors(text)) texts += error.text() + "\n";
    return texts;
  }
};

TEST_F(Availability, IsReadByRisingPercentage) {
  EXPECT_THAT(load(scenario("itu_p1812", "[50, 1, 10]")).availability.time_percents,
              ElementsAre(1.0, 10.0, 50.0));
}

TEST_F(Availability, RefusesWhatTheModelCannotDo) {
  EXPECT_THAT(complaint(scenario("itu_p1812", "[0.5, 50]")),
              AllOf(HasSubstr("time_percents[0]"),
                    HasSubstr("itu_p1812 has no loss at 0.5 % of time"), HasSubstr("1 to 50")));
  EXPECT_THAT(complaint(scenario("itu_p528", "[99.5]")), HasSubstr("it serves 1 to 99"));
  EXPECT_THAT(complaint(scenario("free_space", "[10]")),
              AllOf(HasSubstr("free_space knows none"), HasSubstr("itu_p2001")));
  EXPECT_THAT(complaint(scenario("itu_p1812", "[0, 100, 50, 50]")),
              AllOf(HasSubstr("not 0"), HasSubstr("not 100"), HasSubstr("stands twice")));
  EXPECT_THAT(complaint(good_but("model: free_space", "model: itu_p1812") +
                        "availability: {time_percents: [50]}\n"),
              HasSubstr("there are no terminals"));
}

TEST_F(Availability, HandsOverToP2001AboveHalfTheTime) {
  const Scenario s = load(scenario("itu_p1812", "[10, 50, 90, 99]"));
  const auto own = make_model(s);
  const TimePlan plan = make_time_plan(s, *own);
  ASSERT_EQ(plan.slices.size(), 4u);
  EXPECT_EQ(plan.slices[1].loss, 0u) << "50 % is the scenario's own";
  EXPECT_FALSE(plan.slices[1].excess.has_value());
  EXPECT_EQ(plan.slices[2].loss, 0u);
  ASSERT_TRUE(plan.slices[2].excess.has_value());
  EXPECT_EQ(plan.slices[2].excess->from, plan.slices[3].excess->from);
  // Own, P.1812 at 10 %, P.2001 at 90, 50 and 99 %.
  EXPECT_EQ(plan.models.size(), 5u);
  EXPECT_EQ(plan.models[plan.slices[3].excess->at].model->info().id, "itu_p2001");
}

TEST_F(Availability, ExcessNeverLowersALossNorTouchesAnUnknownOne) {
  const PixelWindow window{0, 0, 4, 1};
  constexpr float kNone = std::numeric_limits<float>::quiet_NaN();
  const PathLossField loss{window, {100, 100, 100, kNone}, {1, 1, 1, 4}, {}};
  const PathLossField at{window, {90, 80, kNone, 90}, {1, 1, 4, 1}, {}};
  const PathLossField from{window, {85, 85, 85, 85}, {1, 1, 1, 1}, {}};
  const PathLossField sum = with_excess(loss, at, from);
  EXPECT_EQ(sum.loss_db[0], 105.0F);
  EXPECT_EQ(sum.loss_db[1], 100.0F);
  EXPECT_EQ(sum.loss_db[2], 100.0F);
  EXPECT_TRUE(std::isnan(sum.loss_db[3]));
}

TEST_F(Availability, TellsTargetsThatTheEvaluatedPercentagesReach) {
  EXPECT_THAT(told_percents({{1, 10, 50, 90, 99}, {}}), ElementsAre(1, 10, 50, 90, 95, 99));
  EXPECT_THAT(told_percents({{10, 50}, {}}), ElementsAre(10, 50));
}

}  // namespace
}  // namespace yonder::scenarios
