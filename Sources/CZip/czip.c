#include "czip.h"

#include <stdio.h>

#if __has_include(<zip.h>)

#include <zip.h>

int czip_is_available(void) { return 1; }

static int fail(char *message, const char *text) {
  snprintf(message, CZIP_MESSAGE_SIZE, "%s", text);
  return CZIP_FAILED;
}

void *czip_open(const char *path, char *message) {
  int code = 0;
  message[0] = 0;
  zip_t *archive = zip_open(path, ZIP_RDONLY, &code);
  if (archive) return archive;
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  fail(message, zip_error_strerror(&error));
  zip_error_fini(&error);
  return NULL;
}

void czip_close(void *archive) { zip_discard(archive); }

long long czip_count(void *archive) { return zip_get_num_entries(archive, 0); }

/* Whether the upper half of the attributes, where Unix keeps the mode of a file, names another kind. */
static int is_special(zip_t *archive, zip_uint64_t place) {
  zip_uint8_t system = 0;
  zip_uint32_t attributes = 0;
  if (zip_file_get_external_attributes(archive, place, 0, &system, &attributes)) return 0;
  unsigned kind = attributes >> 16 & 0170000;
  return system == ZIP_OPSYS_UNIX && kind && kind != 0100000 && kind != 0040000;
}

int czip_describe(void *archive, long long place, czip_member *member, char *message) {
  zip_stat_t status;
  message[0] = 0;
  if (zip_stat_index(archive, (zip_uint64_t)place, 0, &status))
    return fail(message, zip_strerror(archive));
  const zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
  if ((status.valid & needed) != needed) return fail(message, "a member without name or size");
  member->name = status.name;
  member->bytes = status.size;
  member->compressed_bytes = status.comp_size;
  member->is_encrypted = status.valid & ZIP_STAT_ENCRYPTION_METHOD
                             ? status.encryption_method != ZIP_EM_NONE
                             : 0;
  member->is_special = is_special(archive, (zip_uint64_t)place);
  return CZIP_OK;
}

int czip_read(void *archive, long long place, unsigned char *bytes, size_t count, int is_all,
              char *message) {
  message[0] = 0;
  zip_file_t *file = zip_fopen_index(archive, (zip_uint64_t)place, 0);
  if (!file) return fail(message, zip_strerror(archive));
  size_t done = 0;
  zip_int64_t found = 1;
  while (done < count && found > 0) {
    found = zip_fread(file, bytes + done, count - done);
    if (found > 0) done += (size_t)found;
  }
  unsigned char more;
  if (found >= 0 && done == count && is_all) found = zip_fread(file, &more, 1);
  if (found < 0)
    fail(message, zip_error_strerror(zip_file_get_error(file)));
  else if (done < count)
    fail(message, "it is shorter than the archive says");
  else if (is_all && found > 0)
    fail(message, "it is longer than the archive says");
  zip_fclose(file);
  return message[0] ? CZIP_FAILED : CZIP_OK;
}

#else

int czip_is_available(void) { return 0; }

void *czip_open(const char *path, char *message) {
  (void)path;
  snprintf(message, CZIP_MESSAGE_SIZE, "this program was built without libzip");
  return NULL;
}

void czip_close(void *archive) { (void)archive; }

long long czip_count(void *archive) {
  (void)archive;
  return 0;
}

int czip_describe(void *archive, long long place, czip_member *member, char *message) {
  (void)archive, (void)place, (void)member;
  message[0] = 0;
  return CZIP_FAILED;
}

int czip_read(void *archive, long long place, unsigned char *bytes, size_t count, int is_all,
              char *message) {
  (void)archive, (void)place, (void)bytes, (void)count, (void)is_all;
  message[0] = 0;
  return CZIP_FAILED;
}

#endif
