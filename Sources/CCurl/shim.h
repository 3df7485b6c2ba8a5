// libcurl, and what waits for its sockets on Linux: the only door to the C client library.
// Swift cannot call functions with a variable number of arguments, so each kind of option has a function of its own.
#include <curl/curl.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>

static inline int shim_bell(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }

static inline CURLcode shim_easy_set_number(CURL *handle, CURLoption option, long value) {
    return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode shim_easy_set_size(CURL *handle, CURLoption option, curl_off_t value) {
    return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode shim_easy_set_text(CURL *handle, CURLoption option, const char *value) {
    return (curl_easy_setopt)(handle, option, value);
}

static inline CURLcode shim_easy_set_pointer(CURL *handle, CURLoption option, void *value) {
    return (curl_easy_setopt)(handle, option, value);
}

// The bytes are copied.
static inline CURLcode shim_easy_set_bytes(CURL *handle, CURLoption option, const void *bytes, size_t count) {
    struct curl_blob blob = {(void *)bytes, count, CURL_BLOB_COPY};
    return (curl_easy_setopt)(handle, option, &blob);
}

typedef size_t (*shim_transfer_callback)(char *bytes, size_t size, size_t count, void *data);

static inline CURLcode shim_easy_set_callback(CURL *handle, CURLoption option, shim_transfer_callback callback) {
    return (curl_easy_setopt)(handle, option, callback);
}

static inline CURLcode shim_easy_on_request(CURL *handle, curl_prereq_callback callback) {
    return (curl_easy_setopt)(handle, CURLOPT_PREREQFUNCTION, callback);
}

static inline CURLcode shim_easy_on_seek(CURL *handle, curl_seek_callback callback) {
    return (curl_easy_setopt)(handle, CURLOPT_SEEKFUNCTION, callback);
}

static inline long shim_easy_number(CURL *handle, CURLINFO info) {
    long value = 0;
    return (curl_easy_getinfo)(handle, info, &value) == CURLE_OK ? value : 0;
}

static inline curl_off_t shim_easy_size(CURL *handle, CURLINFO info) {
    curl_off_t value = 0;
    return (curl_easy_getinfo)(handle, info, &value) == CURLE_OK ? value : 0;
}

static inline void *shim_easy_data(CURL *handle) {
    char *value = NULL;
    return (curl_easy_getinfo)(handle, CURLINFO_PRIVATE, &value) == CURLE_OK ? value : NULL;
}

static inline CURLMcode shim_multi_set_number(CURLM *multi, CURLMoption option, long value) {
    return (curl_multi_setopt)(multi, option, value);
}

static inline CURLMcode shim_multi_set_pointer(CURLM *multi, CURLMoption option, void *value) {
    return (curl_multi_setopt)(multi, option, value);
}

static inline CURLMcode shim_multi_on_socket(CURLM *multi, curl_socket_callback callback) {
    return (curl_multi_setopt)(multi, CURLMOPT_SOCKETFUNCTION, callback);
}

static inline CURLMcode shim_multi_on_timer(CURLM *multi, curl_multi_timer_callback callback) {
    return (curl_multi_setopt)(multi, CURLMOPT_TIMERFUNCTION, callback);
}

// The handle and result of a transfer that has ended, or NULL when none has.
static inline CURL *shim_multi_ended(CURLM *multi, CURLcode *result) {
    int left = 0;
    CURLMsg *message;
    while ((message = curl_multi_info_read(multi, &left)) != NULL) {
        if (message->msg == CURLMSG_DONE) {
            *result = message->data.result;
            return message->easy_handle;
        }
    }
    return NULL;
}
