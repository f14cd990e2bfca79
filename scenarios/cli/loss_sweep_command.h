#pragma once

#include <string>
#include <vector>

namespace yonder::cli {

/// What `yonder loss --sweep` was given.
struct LossSweepArguments {
  std::string sweep;
  std::vector<std::string> models;
  std::vector<std::string> set;
  std::string surface;
  std::string csv, json, picture, title;
  bool no_reference = false;
};

/// Compares models along one quantity; returns the exit code.
int loss_sweep(const LossSweepArguments& arguments);

}  // namespace yonder::cli
