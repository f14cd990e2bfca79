#pragma once

#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

namespace yonder::scenarios {

/// An output folder that cannot be written. what() names the path and the system's reason.
class OutputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Results are written to a hidden staging folder inside the output folder and renamed when all are
/// whole. If anything fails before commit(), the staging folder is removed and earlier results stay
/// as they were.
class StagedOutput {
 public:
  /// Creates the output folder where needed and proves that it can be written. Removes staging
  /// folders that processes which no longer run have left. Throws OutputError.
  explicit StagedOutput(std::filesystem::path directory);
  ~StagedOutput();
  StagedOutput(const StagedOutput&) = delete;
  StagedOutput& operator=(const StagedOutput&) = delete;

  /// Where to write the file that will be called `name`; of an empty name, the folder. Throws
  /// OutputError for all but a plain name: nothing is ever written beside the output folder.
  std::filesystem::path path(const std::string& name) const;
  const std::filesystem::path& directory() const { return directory_; }

  /// Writes a text file into the staging folder; detects short writes.
  void write_text(const std::string& name, const std::string& text) const;

  /// Names of the files staged so far, sorted.
  std::vector<std::string> staged_names() const;

  /// Renames everything staged to its final name, `last` after all others (the file whose presence
  /// says that the rest is there). Beside a raster that is replaced goes FILE.aux.xml, in which
  /// viewers keep statistics of the earlier one. Throws OutputError.
  void commit(const std::string& last);

  /// Removes files of the output folder that an earlier result had and the new one has not, so that
  /// nothing old passes for new. Only plain names are touched.
  void remove_superseded(const std::vector<std::string>& earlier,
                         const std::vector<std::string>& now) const;

 private:
  std::filesystem::path directory_;
  std::filesystem::path staging_;
  bool created_directory_ = false;
};

/// Removes staging folders of any host in `directory`. Only for who has the folder alone, on all
/// hosts: another process's results would be lost. `ours`: which of them are meant; empty: all.
void remove_all_staging(const std::filesystem::path& directory,
                        const std::function<bool(const std::filesystem::path&)>& ours = {});

}  // namespace yonder::scenarios
