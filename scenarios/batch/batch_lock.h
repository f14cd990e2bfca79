#pragma once

#include <filesystem>
#include <string>

namespace yonder::scenarios {

/// Keeps two batches from writing into one folder at once. A whole batch, or a merge, has the
/// folder alone; shards of one batch share it. The system gives the lock back when the process
/// ends, however it ends. Works on local disks and on network disks with POSIX locks.
class BatchLock {
 public:
  enum class Kind { alone, shared };

  /// `batch`: what tells the shards of one batch from those of another; a line. Creates the folder
  /// where needed. Throws OutputError: another batch is at work (with its host and
  /// process), folder not writable.
  BatchLock(const std::filesystem::path& directory, Kind kind, const std::string& batch);
  ~BatchLock();
  BatchLock(const BatchLock&) = delete;
  BatchLock& operator=(const BatchLock&) = delete;

 private:
  int descriptor_ = -1;
};

}  // namespace yonder::scenarios
