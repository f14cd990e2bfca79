#include "geodata/checked_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <string>

#include "geodata/error.h"
#include "tests/temporary_folder.h"

// Every result goes through such a file: one that could not be written whole is never taken for
// one.
namespace yonder::geodata {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

/// A disk on which no file grows beyond so many bytes.
class SmallFiles {
 public:
  explicit SmallFiles(rlim_t bytes) : handler_(signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~SmallFiles() {
    setrlimit(RLIMIT_FSIZE, &before_);
    signal(SIGXFSZ, handler_);
  }
  SmallFiles(const SmallFiles&) = delete;
  SmallFiles& operator=(const SmallFiles&) = delete;

 private:
  rlimit before_{};
  sighandler_t handler_;
};

class CheckedFiles : public testing::Test {
 protected:
  const test::TemporaryFolder own_;
  const fs::path folder_ = own_.path();
};

TEST_F(CheckedFiles, WhatDoesNotFitIsNamedAndNothingOfItIsLeft) {
  const std::string bytes(10000, 'x');
  for (const rlim_t limit : {0U, 1U, 9999U}) {
    const fs::path file = folder_ / std::to_string(limit);
    std::string what;
    {
      const SmallFiles disk(limit);
      try {
        write_whole_file(file, bytes.data(), bytes.size());
      } catch (const GeodataError& error) {
        what = error.what();
      }
    }
    EXPECT_THAT(what,
                AllOf(HasSubstr("cannot write " + file.string()), HasSubstr("free some space")))
        << limit;
    EXPECT_FALSE(fs::exists(file)) << limit;
  }
  {
    const SmallFiles disk(10000);
    write_whole_file(folder_ / "fits", bytes.data(), bytes.size());
  }
  EXPECT_EQ(fs::file_size(folder_ / "fits"), 10000U);
}

TEST_F(CheckedFiles, OneThatIsNotClosedIsNone) {
  {
    CheckedFile file(folder_ / "half");
    file.write("half", 4);
  }
  EXPECT_FALSE(fs::exists(folder_ / "half"));
}

TEST_F(CheckedFiles, AFolderThatIsNotThereIsNamed) {
  const fs::path file = folder_ / "absent" / "a.txt";
  try {
    write_whole_file(file, "x", 1);
    ADD_FAILURE() << "written";
  } catch (const GeodataError& error) {
    EXPECT_THAT(error.what(), HasSubstr("cannot create " + file.string()));
  }
}

}  // namespace
}  // namespace yonder::geodata
