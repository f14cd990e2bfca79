#pragma once

namespace yonder::scenarios {

/// The most memory this process has held so far.
double peak_rss_mib();

}  // namespace yonder::scenarios
