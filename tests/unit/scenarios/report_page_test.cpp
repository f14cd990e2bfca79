#include "scenarios/report/report_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/report/report.h"

namespace yonder::scenarios {
namespace {

using nlohmann::ordered_json;
using testing::HasSubstr;
using testing::Not;

TEST(ReportPage, EscapesWhatHtmlReads) {
  EXPECT_EQ(html_escaped("a<b> & \"c\" 'd'"), "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;");
  EXPECT_EQ(html_escaped("沙漠公路"), "沙漠公路");
}

TEST(ReportPage, JsonCannotEndItsElementAndMeansTheSame) {
  const ordered_json value = {{"title", "</script><!-- <script>alert(1)</script>"}, {"n", 1.5}};
  const std::string text = json_for_script(value);
  EXPECT_THAT(text, Not(HasSubstr("<")));
  EXPECT_EQ(ordered_json::parse(text), value);
}

TEST(ReportPage, JsonWithBrokenUtf8IsStillWritten) {
  const ordered_json value = {{"name", "\xff\xfe"}};
  EXPECT_FALSE(ordered_json::parse(json_for_script(value), nullptr, false).is_discarded());
}

TEST(ReportPage, TitleComesFromTheScenarioEscaped) {
  ReportData data;
  data.page = {{"runs",
                {{{"id", ""},
                  {"run", {{"scenario", {{"id", "x"}, {"title", {{"en", "<i>Coast</i>"}}}}}}}}}}};
  const std::string page = report_page(data);
  EXPECT_THAT(page, HasSubstr("<title>&lt;i&gt;Coast&lt;/i&gt;</title>"));
  EXPECT_THAT(page, Not(HasSubstr("<i>Coast")));
}

TEST(ReportPage, NamesNoAddressToFetchFrom) {
  if (!report_available()) GTEST_SKIP() << "built with YONDER_REPORT=OFF";
  const std::string page = report_page({.page = ordered_json::object()});
  for (const char* fetched :
       {"src=\"http", "<script src", "<link rel=\"stylesheet\"", "url(http", "url(//", "@import"}) {
    EXPECT_THAT(page, Not(HasSubstr(fetched)));
  }
  EXPECT_THAT(page, HasSubstr("Content-Security-Policy"));
}

}  // namespace
}  // namespace yonder::scenarios
