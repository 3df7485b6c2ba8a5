import COpenSSL

/// What every call of libcrypto goes through.
///
/// libcrypto writes down its failures for the thread. libpq and libcurl read that list on the same threads and would take an
/// entry of ours for one of theirs, so nobody here leaves one behind.
enum Libcrypto {
    /// - Throws: ``ShangMiError/library(call:reason:)`` unless `result` is 1, libcrypto's word for success.
    static func require(_ result: Int32, _ call: StaticString) throws(ShangMiError) {
        guard result == 1 else { throw failure(of: call) }
    }

    /// - Throws: ``ShangMiError/library(call:reason:)`` when there is no object.
    static func require<Object>(_ object: Object?, _ call: StaticString) throws(ShangMiError) -> Object {
        guard let object else { throw failure(of: call) }
        return object
    }

    /// Forgets what a call that was expected to fail has written down.
    static func forgetFailures() { ERR_clear_error() }

    private static func failure(of call: StaticString) -> ShangMiError {
        let reason = ERR_reason_error_string(ERR_peek_last_error()).map { String(cString: $0) }
        forgetFailures()
        return .library(call: "\(call)", reason: reason ?? "no reason given")
    }
}

/// Owns one `EVP_MD_CTX`, in which a message is hashed, signed or verified.
final class MessageContext {
    let pointer: OpaquePointer

    init() throws(ShangMiError) { pointer = try Libcrypto.require(EVP_MD_CTX_new(), "EVP_MD_CTX_new") }

    /// A second context that has taken what `other` has.
    convenience init(copying other: MessageContext) throws(ShangMiError) {
        try self.init()
        try Libcrypto.require(EVP_MD_CTX_copy_ex(pointer, other.pointer), "EVP_MD_CTX_copy_ex")
    }

    deinit { EVP_MD_CTX_free(pointer) }
}
