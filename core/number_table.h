#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace yonder {

/// Numbers out of a user's file, for models whose data may not be shipped. The model that takes
/// them checks their meaning; whoever read the file has checked its form.
struct NumberTable {
  std::string file;                  ///< for messages
  std::vector<std::string> columns;  ///< names of the columns of numbers; empty: a bare grid
  std::vector<std::string> labels;   ///< the word that begins each row; empty: rows have none
  std::vector<int> lines;            ///< each row's line in the file, from 1
  std::size_t width = 0;             ///< numbers per row
  std::vector<double> numbers;       ///< row by row, `width` each

  std::size_t rows() const { return width == 0 ? 0 : numbers.size() / width; }
  double at(std::size_t row, std::size_t column) const { return numbers[row * width + column]; }
  /// "file:line", for messages.
  std::string place(std::size_t row) const {
    return row < lines.size() ? file + ":" + std::to_string(lines[row]) : file;
  }
};

/// What one parameter of a model brings: one table, or those of a folder.
struct NumberTables {
  std::string origin;  ///< the file or folder
  std::vector<NumberTable> tables;
};

}  // namespace yonder
