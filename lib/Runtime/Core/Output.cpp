//===- Output.cpp - Where the library's output goes -----------------------===//
//
// Part of the whamm-mlir project, under the Apache License v2.0.
//
//===----------------------------------------------------------------------===//

#include "Output.h"

#include "Wasi.h"

using namespace whamm::core;

//===----------------------------------------------------------------------===//
// Environment
//===----------------------------------------------------------------------===//

namespace {

struct Environment {
  bool isRead = false;
  uint32_t count = 0;
  char **entries = nullptr;
};

Environment environment;

uint32_t lengthOf(const char *text) {
  uint32_t length = 0;
  while (text[length])
    ++length;
  return length;
}

void readEnvironment() {
  environment.isRead = true;
  uint32_t count = 0, bytes = 0;
  if (wasi::environSizesGet(&count, &bytes) != wasi::Success || !count)
    return;
  if (count > (1u << 24))
    return;
  auto **entries = static_cast<char **>(allocate(count * sizeof(char *)));
  auto *data = static_cast<char *>(allocate(bytes + 1));
  if (wasi::environGet(entries, data) != wasi::Success)
    return;
  data[bytes] = 0;
  environment.entries = entries;
  environment.count = count;
}

} // namespace

Text whamm::core::environmentVariable(Text name) {
  if (!environment.isRead)
    readEnvironment();
  for (uint32_t i = 0; i < environment.count; ++i) {
    const char *entry = environment.entries[i];
    uint32_t length = lengthOf(entry);
    if (length > name.size && entry[name.size] == '=' &&
        Text(entry, name.size) == name)
      return {entry + name.size + 1, length - name.size - 1};
  }
  return {};
}

//===----------------------------------------------------------------------===//
// Files
//===----------------------------------------------------------------------===//

namespace {

enum class Destination { Unknown, Nowhere, Descriptor };

Destination destination = Destination::Unknown;
int32_t outputFd = 1;

/// A directory that the host has opened for us, and the rest of a path in it.
struct Place {
  int32_t fd = -1;
  Text path;
};

/// No host gives this tag: it stands where a host has written nothing.
constexpr uint8_t UnknownTag = 0xff;

/// Drops what means nothing at the start of a path: `./`, and `/`.
Text stripLeading(Text path) {
  while (path.size) {
    bool dot = path.data[0] == '.' && (path.size == 1 || path.data[1] == '/');
    if (!dot && path.data[0] != '/')
      break;
    path = {path.data + 1, path.size - 1};
  }
  return path;
}

bool isAbsolute(Text path) { return path.size && path.data[0] == '/'; }

/// Whether `path` lies in the directory `name`: sets `rest` to what follows.
bool liesIn(Text path, Text name, Text &rest) {
  if (isAbsolute(path) != isAbsolute(name))
    return false;
  Text p = stripLeading(path), n = stripLeading(name);
  while (n.size && n.data[n.size - 1] == '/')
    --n.size;
  if (p.size < n.size || !(Text(p.data, n.size) == n))
    return false;
  if (n.size && p.size > n.size && p.data[n.size] != '/')
    return false;
  rest = stripLeading({p.data + n.size, p.size - n.size});
  return true;
}

/// Finds the host's directory that holds `path`. A relative path belongs to
/// `.`; where the host gave no such directory, to its first one. Sets
/// `hasWasi` to false where the host only pretends to have the functions.
Place findPlace(Text path, bool &hasWasi) {
  Place best;
  uint32_t bestLength = 0;
  hasWasi = true;
  for (int32_t fd = 3; fd < 1024; ++fd) {
    wasi::Prestat prestat{UnknownTag, 0};
    int32_t error = wasi::fdPrestatGet(fd, &prestat);
    if (error == wasi::NotSupported || (!error && prestat.tag == UnknownTag))
      hasWasi = false;
    if (error || prestat.tag || prestat.nameSize > 65536)
      break;
    auto *bytes = static_cast<char *>(allocate(prestat.nameSize + 1));
    if (wasi::fdPrestatDirName(fd, bytes, prestat.nameSize))
      break;
    // Some hosts count a terminating zero.
    bytes[prestat.nameSize] = 0;
    Text name(bytes, lengthOf(bytes)), rest;
    bool found = liesIn(path, name, rest);
    if (found && (best.fd < 0 || name.size >= bestLength)) {
      best = {fd, rest};
      bestLength = name.size;
    } else if (best.fd < 0 && !isAbsolute(path)) {
      best = {fd, stripLeading(path)};
      bestLength = 0;
    }
    release(bytes);
  }
  return best;
}

/// Creates the directories on the way to a file. Errors do not matter here:
/// the directories may exist, and opening the file tells about the rest.
void createDirectories(const Place &place) {
  for (uint32_t i = 1; i < place.path.size; ++i)
    if (place.path.data[i] == '/')
      wasi::pathCreateDirectory(place.fd, place.path.data, i);
}

void openFile() {
  static Buffer path;
  path.clear();
  Text dir = environmentVariable("WHAMM_OUTDIR");
  Text file = environmentVariable("WHAMM_OUTFILE");
  path.append(dir.data ? dir : Text("output/whamm_core"));
  path.append('/');
  path.append(file.data ? file : Text("whamm.out"));
  bool hasWasi = true;
  Place place = findPlace(path.text(), hasWasi);
  if (!hasWasi) {
    destination = Destination::Nowhere;
    return;
  }
  int32_t fd = -1;
  if (place.fd >= 0) {
    createDirectories(place);
    int32_t error = wasi::pathOpen(
        place.fd, /*lookupFlags=*/1, place.path.data, place.path.size,
        wasi::CreateFile, wasi::RightToWrite, 0, wasi::AppendToFile, &fd);
    if (error)
      fd = -1;
  }
  if (fd < 0)
    fail("cannot open the output file ", path.text());
  outputFd = fd;
  destination = Destination::Descriptor;
}

void chooseDestination() {
  if (environmentVariable("TO_CONSOLE") == Text("true")) {
    outputFd = 1;
    destination = Destination::Descriptor;
    return;
  }
  openFile();
}

} // namespace

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

void whamm::core::writeOut(Text text) {
  if (destination == Destination::Unknown)
    chooseDestination();
  while (text.size && destination == Destination::Descriptor) {
    wasi::Ciovec vector{text.data, text.size};
    uint32_t written = 0;
    int32_t error = wasi::fdWrite(outputFd, &vector, 1, &written);
    if (error == wasi::Again || error == wasi::Interrupted)
      continue;
    if (error == wasi::NotSupported || (!error && !written)) {
      destination = Destination::Nowhere;
      return;
    }
    if (error || written > text.size)
      fail("cannot write the output");
    text = {text.data + written, text.size - written};
  }
}

namespace {
Buffer pending;
} // namespace

void whamm::core::print(Text text) {
  bool endsLine = false;
  for (uint32_t i = 0; i < text.size && !endsLine; ++i)
    endsLine = text.data[i] == '\n';
  if (pending.size() + static_cast<uint64_t>(text.size) > OutputBufferSize)
    flush();
  if (text.size > OutputBufferSize)
    return writeOut(text);
  pending.append(text);
  if (endsLine)
    flush();
}

void whamm::core::flush() {
  // Cleared first: a failure while writing must not print it again.
  Text text = pending.text();
  pending.clear();
  writeOut(text);
}
