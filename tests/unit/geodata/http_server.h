#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace yonder::geodata {

/// A web server on 127.0.0.1 with files in memory, for tests: HEAD, GET and Range; one connection
/// at a time, closed after each answer. It can misbehave on demand.
class HttpServer {
 public:
  std::map<std::string, std::string> files;  ///< "/path" -> content; set before start()
  std::atomic<bool> ranges{true};            ///< false: always the whole file, as plain servers do
  /// Bytes of content after which it stops answering anything with content; -1: never.
  std::atomic<long> bytes_until_break{-1};
  std::atomic<int> status{0};  ///< answer everything with this status; 0: properly

  HttpServer() = default;
  ~HttpServer() { stop(); }
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  void start() {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    if (listener_ < 0 || ::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
        ::listen(listener_, 16) != 0 ||
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
      throw std::runtime_error("the test's web server cannot start");
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  void stop() {
    if (listener_ < 0) return;
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
    listener_ = -1;
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  /// "GET /path bytes=0-99" for each request so far.
  std::vector<std::string> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  void serve() {
    while (true) {
      const int connection = ::accept(listener_, nullptr, nullptr);
      if (connection < 0) return;
      answer(connection);
      ::shutdown(connection, SHUT_WR);
      ::close(connection);
    }
  }
  static void send_all(int connection, const char* data, std::size_t size) {
    while (size > 0) {
      const ssize_t n = ::send(connection, data, size, MSG_NOSIGNAL);
      if (n <= 0) return;
      data += n;
      size -= static_cast<std::size_t>(n);
    }
  }
  static void send_all(int connection, const std::string& text) {
    send_all(connection, text.data(), text.size());
  }
  void answer(int connection) {
    std::string request;
    char buffer[4096];
    while (request.find("\r\n\r\n") == std::string::npos) {
      const ssize_t n = ::recv(connection, buffer, sizeof(buffer), 0);
      if (n <= 0) return;
      request.append(buffer, static_cast<std::size_t>(n));
    }
    const std::string method = request.substr(0, request.find(' '));
    const std::size_t start = request.find(' ') + 1;
    const std::string path = request.substr(start, request.find(' ', start) - start);
    std::string range;
    for (const char* key : {"\r\nRange: bytes=", "\r\nrange: bytes="}) {
      const std::size_t at = request.find(key);
      if (at == std::string::npos) continue;
      const std::size_t from = at + std::string(key).size();
      range = request.substr(from, request.find("\r\n", from) - from);
    }
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(method + " " + path + (range.empty() ? "" : " bytes=" + range));
    }
    const auto file = files.find(path);
    const int code = status != 0 ? status.load() : file == files.end() ? 404 : 200;
    if (code != 200) {
      send_all(connection, "HTTP/1.1 " + std::to_string(code) +
                               " No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
      return;
    }
    const std::string& content = file->second;
    std::size_t first = 0;
    std::size_t last = content.size() - 1;
    const bool part = ranges && !range.empty() && method == "GET";
    if (part) {
      first = std::strtoul(range.c_str(), nullptr, 10);
      const std::string end = range.substr(range.find('-') + 1);
      if (!end.empty()) last = std::min<std::size_t>(last, std::strtoul(end.c_str(), nullptr, 10));
    }
    std::string head = part ? "HTTP/1.1 206 Partial Content\r\n" : "HTTP/1.1 200 OK\r\n";
    if (part)
      head += "Content-Range: bytes " + std::to_string(first) + "-" + std::to_string(last) + "/" +
              std::to_string(content.size()) + "\r\n";
    if (ranges) head += "Accept-Ranges: bytes\r\n";
    std::size_t size = last - first + 1;
    head += "Content-Length: " + std::to_string(size) + "\r\nConnection: close\r\n\r\n";
    if (method == "HEAD") {
      send_all(connection, head);
      return;
    }
    if (bytes_until_break >= 0) {
      const auto left = static_cast<std::size_t>(bytes_until_break.load());
      if (left == 0) return;  // closes without an answer
      size = std::min(size, left);
      bytes_until_break -= static_cast<long>(size);
    }
    send_all(connection, head);
    send_all(connection, content.data() + first, size);
  }

  int listener_ = -1;
  int port_ = 0;
  std::thread thread_;
  mutable std::mutex mutex_;
  std::vector<std::string> requests_;
};

}  // namespace yonder::geodata
