#include "scenarios/output_tasks.h"

#include <utility>

#include "core/parallel_rows.h"

namespace yonder::scenarios {

void OutputTasks::add(std::function<void()> task) { tasks_.push_back(std::move(task)); }

void OutputTasks::run(const RunControl& control) {
  RunControl quiet = control;
  quiet.progress = nullptr;
  // A task that is done lets go of what it held.
  parallel_rows(static_cast<int>(tasks_.size()), quiet, 0, 0, [&](int task, int) {
    std::exchange(tasks_[static_cast<std::size_t>(task)], nullptr)();
  });
  tasks_.clear();
}

}  // namespace yonder::scenarios
