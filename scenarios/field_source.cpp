#include "scenarios/field_source.h"

#include <utility>

#include "core/sweep_field.h"

namespace yonder::scenarios {

FieldSource::FieldSource(const Scenario& scenario, const Plan& plan, const TimePlan& times,
                         FieldCache* cache, const RunControl& control, JobProgress& job)
    : scenario_(scenario), plan_(plan), times_(times), cache_(cache), control_(control), job_(job) {
  if (cache == nullptr) return;
  for (const TimedModel& one : times.models) {
    // The terrain is hashed once.
    if (keys_.empty()) {
      keys_.emplace_back(plan.terrain(), one.identity, control);
    } else {
      keys_.push_back(keys_.front().with_propagation(one.identity));
    }
  }
}

std::vector<PathLossField> FieldSource::compute(const std::vector<FieldWish>& wishes) {
  std::vector<PathLossField> fields;
  if (wishes.empty()) return fields;
  if (scenario_.calculation.engine == Engine::exact) {
    for (const FieldWish& wish : wishes) {
      const PathEvaluator evaluator(plan_.terrain(), *times_.models[wish.model].model, wish.spec);
      fields.push_back(compute_path_loss_field(evaluator, plan_.analysis.area, control_, job_));
    }
    return fields;
  }
  std::vector<SweepTarget> targets;
  for (const auto& [model, spec] : wishes) {
    targets.push_back({times_.models[model].model, spec.frequency_hz, spec.polarization,
                       spec.receiver_height_agl_m});
  }
  fields = sweep_path_loss_fields(plan_.terrain(), wishes.front().spec, targets,
                                  plan_.analysis.area, control_, job_);
  // The sweep counts its rows once, whatever the number of targets.
  job_.done += (wishes.size() - 1) * static_cast<std::size_t>(fields.front().window.rows);
  return fields;
}

std::vector<PathLossField> FieldSource::get(std::span<const FieldWish> wishes) {
  std::vector<std::optional<PathLossField>> fields(wishes.size());
  std::vector<FieldKey> keys(wishes.size());
  const PixelWindow area = plan_.analysis.area;
  for (std::size_t i = 0; i < wishes.size() && cache_ != nullptr; ++i) {
    const FieldWish& wish = wishes[i];
    const PixelWindow window = field_window(plan_.terrain().grid, area, wish.spec);
    keys[i] = keys_[wish.model].key(wish.spec, window);
    const ModelInfo& info = times_.models[wish.model].model->info();
    fields[i] = cache_->load(keys[i], empty_field(window, info), control_);
    if (fields[i]) job_.done += static_cast<std::size_t>(fields[i]->window.rows);
  }
  const auto kind = [&](const FieldWish& wish) {
    return times_.models[wish.model].model->info().id;
  };
  for (const FieldWish& first : wishes) {
    std::vector<FieldWish> missing;
    std::vector<std::size_t> to;
    for (std::size_t i = 0; i < wishes.size(); ++i) {
      if (kind(wishes[i]) != kind(first) || fields[i]) continue;
      missing.push_back(wishes[i]);
      to.push_back(i);
    }
    std::vector<PathLossField> computed = compute(missing);
    for (std::size_t k = 0; k < to.size(); ++k) {
      PathLossField& field = computed[k];
      for (const PixelStatus status : field.status) {
        if (status != pixel_status::kBeyondRadius) ++paths_;
      }
      if (cache_ != nullptr) cache_->store(keys[to[k]], field, control_);
      fields[to[k]] = std::move(field);
    }
  }
  std::vector<PathLossField> found;
  for (std::optional<PathLossField>& field : fields) found.push_back(std::move(*field));
  return found;
}

}  // namespace yonder::scenarios
