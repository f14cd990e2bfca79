#include "scenarios/service_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <memory>

#include "scenarios/map_files.h"
#include "scenarios/nr_plan.h"

namespace yonder::scenarios {
namespace {

using nr::ServiceClass;
using nr::ServiceLimit;

/// Best to worst; apart for colour-blind readers too, and in grey by brightness.
constexpr std::array<std::uint32_t, nr::kServiceClasses> kClassColours = {
    0xffffff, 0xbdbdbd, 0xc51b7d, 0xfdae61, 0x74add1, 0x1a6fb0};

constexpr std::array<std::uint32_t, nr::kServiceLimits> kLimitColours = {
    0xffffff, 0xd9d9d9, 0xbdbdbd, 0x969696, 0x4575b4, 0x91bfdb, 0x1b9e77,
    0xc51b7d, 0xe78ac3, 0x7b3294, 0xd73027, 0xfc8d59, 0xfee090, 0xb8860b};

std::string both(std::string_view en, std::string_view zh) {
  return en == zh ? std::string(en) : fmt::format("{} {}", en, zh);
}

std::array<std::uint8_t, 4> rgba(std::uint32_t rgb, bool none) {
  if (none) return {0, 0, 0, 0};
  return {static_cast<std::uint8_t>(rgb >> 16), static_cast<std::uint8_t>(rgb >> 8 & 255),
          static_cast<std::uint8_t>(rgb & 255), 255};
}

std::vector<geodata::Category> limit_categories() {
  std::vector<geodata::Category> categories;
  for (int i = 0; i < nr::kServiceLimits; ++i) {
    const nr::ServiceNames& names = nr::service_limit_names(static_cast<ServiceLimit>(i));
    categories.push_back(
        {i, both(names.en, names.zh), rgba(kLimitColours[static_cast<std::size_t>(i)], i == 0)});
  }
  return categories;
}

std::vector<geodata::Category> access_categories() {
  std::vector<geodata::Category> categories = {
      {0, both("no signal calculated", "未计算"), {0, 0, 0, 0}},
      {1, both("within the access range", "可接入"), {90, 170, 90, 255}}};
  for (int i = 0; i < nr::kAccessLimits; ++i) {
    const nr::AccessLimitNames& names = nr::access_limit_names(static_cast<nr::AccessLimit>(i));
    const auto shade = static_cast<std::uint8_t>(40 * i);
    categories.push_back(
        {2 + i, fmt::format("beyond: {}", both(names.en, names.zh)), {197, shade, 125, 255}});
  }
  return categories;
}

std::vector<geodata::Category> carrier_categories(const Scenario& scenario) {
  std::vector<geodata::Category> categories = {{0, "none", {0, 0, 0, 0}}};
  constexpr std::array<std::uint32_t, 6> kColours = {0x1a6fb0, 0xfdae61, 0x1b9e77,
                                                     0xc51b7d, 0x7b3294, 0xb8860b};
  for (std::size_t i = 0; i < scenario.carriers.size(); ++i) {
    categories.push_back({static_cast<int>(i) + 1, scenario.carriers[i].id,
                          rgba(kColours[i % kColours.size()], false)});
  }
  return categories;
}

std::vector<geodata::Category> voice_categories() {
  return {{0, both("no voice", "无语音"), {0, 0, 0, 0}},
          {1, "VoNR", rgba(0x1a6fb0, false)},
          {2, both("LTE fallback", "回落 LTE"), rgba(0xfdae61, false)}};
}

/// Adds the files of one terminal to the tasks, which keep it alive.
class Writer : public std::enable_shared_from_this<Writer> {
 public:
  Writer(const Scenario& scenario, const Plan& plan, const StagedOutput& output, OutputTasks& tasks,
         std::size_t index)
      : scenario_(scenario),
        plan_(plan),
        output_(output),
        tasks_(tasks),
        id_(scenario.terminals[index].id),
        name_(terminal_name(scenario.terminals[index])),
        grid_(plan.terrain().grid.crop(plan.analysis.area)) {}

  void write(const TerminalService& service) {
    const auto wanted = [&](std::string_view name) {
      return std::ranges::find(scenario_.service.layers, name) != scenario_.service.layers.end();
    };
    if (wanted("class"))
      categories("class", service.service_class, "service class", service_class_categories());
    if (wanted("binding")) {
      categories("binding", service.binding, "limit that fails first or comes nearest",
                 limit_categories());
    }
    floats("binding_amount", service.binding_amount,
           "what is left of the binding limit: km for limits of distance, else dB", "dB or km");
    floats("rsrp", service.rsrp_dbm, "SS-RSRP of the serving cell", "dBm");
    floats("sinr", service.ss_sinr_db, "SS-SINR", "dB");
    floats("pdsch_sinr", service.pdsch_sinr_db, "SINR of PDSCH at the cells' load", "dB");
    floats("dl_rate", service.downlink_mbps, "downlink rate, single user", "Mbit/s");
    floats("dl_rate_loaded", service.loaded_downlink_mbps, "downlink rate at the cell's load",
           "Mbit/s");
    floats("ul_rate", service.uplink_mbps, "uplink rate, single user at full power", "Mbit/s");
    floats("probability", service.probability, "probability of at least effective service", "1");
    floats("access_margin", service.access_km, "access range less distance", "km");
    categories("access", service.access, "access range", access_categories());
    categories("servers", service.servers,
               fmt::format("cells within the overlap of the best; {}: as many or more",
                           scenario_.service.servers),
               {});
    categories("carrier", service.carrier, "carrier camped on", carrier_categories(scenario_));
    categories("voice", service.voice, "what carries voice", voice_categories());
    for (std::size_t c = 1; c < nr::kChannels; ++c) {
      static constexpr std::array<std::string_view, nr::kChannels> kNames = {"",
                                                                             "margin_ssb",
                                                                             "margin_pdcch",
                                                                             "margin_pdsch",
                                                                             "margin_prach",
                                                                             "margin_msg3",
                                                                             "margin_pucch",
                                                                             "margin_pusch",
                                                                             "margin_vonr"};
      const auto channel = static_cast<nr::PhysicalChannel>(c);
      floats(kNames[c], service.margin_db[c],
             fmt::format("margin of {}, fading margin taken off", nr::channel_name(channel)), "dB");
    }
    if (!service.availability_percent.empty()) {
      tasks_.add([self = shared_from_this(), &service, about = info("time with service", "%")] {
        geodata::write_cog(self->output_.path("availability-" + self->id_ + ".tif"), self->grid_,
                           self->projection(), service.availability_percent, about);
      });
    }
    if (!scenario_.outputs.picture) return;
    if (!service.availability_percent.empty()) {
      tasks_.add([self = shared_from_this(), own = projection(), &service] {
        self->availability_picture(service, own);
      });
    }
    // A projection serves one thread.
    tasks_.add([self = shared_from_this(), own = projection(), &service] {
      self->class_picture(service, own);
    });
    tasks_.add([self = shared_from_this(), own = projection(), &service] {
      self->binding_picture(service, own);
    });
  }

 private:
  const geodata::Projection& projection() const { return plan_.analysis.projection; }

  std::string file(std::string_view layer, std::string_view suffix) const {
    return fmt::format("{}-{}.{}", id_, layer, suffix);
  }

  geodata::LayerInfo info(std::string_view what, std::string_view unit) const {
    geodata::LayerInfo info = layer_info(
        scenario_, plan_, fmt::format("{}: {}", both(name_.en, name_.zh), what), std::string(unit));
    info.metadata["YONDER_TERMINAL"] = id_;
    return info;
  }

  void floats(std::string_view layer, const std::vector<float>& values, std::string_view what,
              std::string_view unit) {
    if (values.empty()) return;
    tasks_.add([self = shared_from_this(), &values, path = output_.path(file(layer, "tif")),
                about = info(what, unit)] {
      geodata::write_cog(path, self->grid_, self->projection(), values, about);
    });
  }

  void categories(std::string_view layer, const std::vector<std::uint8_t>& values,
                  std::string_view what, const std::vector<geodata::Category>& names) {
    if (values.empty()) return;
    tasks_.add([self = shared_from_this(), &values, names, path = output_.path(file(layer, "tif")),
                about = info(what, "")] {
      geodata::write_cog(path, self->grid_, self->projection(), values, about, names, 0);
    });
  }

  /// A picture of categories, in the order of the legend; shares are of the judged area.
  void picture(std::string_view layer, const std::vector<std::uint8_t>& values,
               const std::vector<int>& order, std::string_view heading,
               const geodata::Projection& own_projection,
               const std::function<PictureClass(int)>& legend) const {
    PictureBase base = picture_base(scenario_, plan_, own_projection);
    CoveragePicture& picture = base.picture;
    // The painter takes the first class whose threshold is reached: the later, the lower.
    std::array<float, 256> level{};
    for (std::size_t i = 0; i < order.size(); ++i) {
      const auto threshold = static_cast<float>(order.size() - i);
      level[static_cast<std::size_t>(order[i])] = threshold;
      PictureClass one = legend(order[i]);
      one.threshold_dbm = static_cast<double>(threshold);
      picture.classes.push_back(std::move(one));
    }
    std::vector<float> levels(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) levels[i] = level[values[i]];
    picture.rsrp_dbm = levels;
    picture.subtitle =
        both(name_.en, name_.zh) + picture.subtitle +
        fmt::format(", {:g} m above ground", terminal_height_agl_m(terminal_config()));
    picture.legend_title = std::string(heading);
    picture.share_heading = "of the area";
    picture.below_caption = "not calculated  未计算";
    write_coverage_picture(picture, output_.path(file(layer, "png")));
  }

  const TerminalConfig& terminal_config() const {
    for (const TerminalConfig& one : scenario_.terminals) {
      if (one.id == id_) return one;
    }
    return scenario_.terminals.front();
  }

  void class_picture(const TerminalService& service, const geodata::Projection& own) const {
    const auto judged = static_cast<double>(std::max<std::size_t>(1, service.kpis.judged.all()));
    picture("class", service.service_class, {5, 4, 3, 2, 1}, "Service  业务等级", own, [&](int i) {
      const nr::ServiceNames& names = nr::service_class_names(static_cast<ServiceClass>(i));
      PictureClass one;
      one.caption = std::string(names.en);
      one.label.zh = std::string(names.zh);
      one.rgb = kClassColours[static_cast<std::size_t>(i)];
      one.share =
          static_cast<double>(service.kpis.classes[static_cast<std::size_t>(i)].all()) / judged;
      return one;
    });
  }

  void binding_picture(const TerminalService& service, const geodata::Projection& own) const {
    const auto judged = static_cast<double>(std::max<std::size_t>(1, service.kpis.judged.all()));
    std::vector<int> order;
    const auto pixels = [&](int i) {
      const auto limit = static_cast<std::size_t>(i);
      return service.kpis.failing[limit] + service.kpis.nearest[limit];
    };
    for (int i = 2; i < nr::kServiceLimits; ++i) {
      if (pixels(i) > 0) order.push_back(i);
    }
    if (order.empty()) return;
    picture("binding", service.binding, order, "What binds  受限因素", own, [&](int i) {
      const nr::ServiceNames& names = nr::service_limit_names(static_cast<ServiceLimit>(i));
      PictureClass one;
      one.caption = std::string(names.en);
      one.rgb = kLimitColours[static_cast<std::size_t>(i)];
      one.label.en = fmt::format(
          "{}, fails on {:.1f} %", names.zh,
          100.0 * static_cast<double>(service.kpis.failing[static_cast<std::size_t>(i)]) / judged);
      one.share = static_cast<double>(pixels(i)) / judged;
      return one;
    });
  }

  /// Shares of time in steps of planners' targets, as far as percentages were evaluated.
  void availability_picture(const TerminalService& service, const geodata::Projection& own) const {
    PictureBase base = picture_base(scenario_, plan_, own);
    CoveragePicture& picture = base.picture;
    const AvailabilityKpis& kpis = service.availability;
    const auto judged = static_cast<double>(std::max<std::size_t>(1, kpis.judged.all()));
    for (auto one = kpis.served.rbegin(); one != kpis.served.rend(); ++one) {
      PictureClass step;
      step.threshold_dbm = one->percent - 1e-4;
      step.caption = fmt::format("≥ {:g} %", one->percent);
      step.share = static_cast<double>(one->pixels.all()) / judged;
      picture.classes.push_back(std::move(step));
    }
    picture.rsrp_dbm = service.availability_percent;
    picture.subtitle =
        both(name_.en, name_.zh) + picture.subtitle +
        fmt::format(", {:g} m above ground", terminal_height_agl_m(terminal_config()));
    picture.legend_title = "Time with service  可用时间";
    picture.share_heading = "area at or above";
    picture.below_caption = fmt::format("below {:g} % 更低", kpis.served.front().percent);
    write_coverage_picture(picture, output_.path("availability-" + id_ + ".png"));
  }

  const Scenario& scenario_;
  const Plan& plan_;
  const StagedOutput& output_;
  OutputTasks& tasks_;
  std::string id_;
  Label name_;
  Grid grid_;
};

}  // namespace

std::vector<geodata::Category> service_class_categories() {
  std::vector<geodata::Category> categories;
  for (int i = 0; i < nr::kServiceClasses; ++i) {
    const nr::ServiceNames& names = nr::service_class_names(static_cast<ServiceClass>(i));
    categories.push_back(
        {i, both(names.en, names.zh), rgba(kClassColours[static_cast<std::size_t>(i)], i == 0)});
  }
  return categories;
}

std::uint32_t service_class_colour(int service_class) {
  return kClassColours[static_cast<std::size_t>(service_class)];
}

std::uint32_t service_limit_colour(int service_limit) {
  return kLimitColours[static_cast<std::size_t>(service_limit)];
}

void add_service_files(const Scenario& scenario, const Plan& plan, const Coverage& coverage,
                       const StagedOutput& output, OutputTasks& tasks) {
  for (std::size_t i = 0; i < coverage.services.size(); ++i) {
    std::make_shared<Writer>(scenario, plan, output, tasks, i)->write(coverage.services[i]);
  }
}

}  // namespace yonder::scenarios
