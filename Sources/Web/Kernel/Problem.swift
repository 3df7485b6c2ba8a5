import Foundation
import Postgres
import Primitives

/// What is told to the caller when an operation does not succeed: problem details (RFC 9457) with a stable code.
struct Problem: Sendable {
    let code: any RefusalCode
    let detail: String
    let field: String?
    /// What the operator is told; `nil` for a plain refusal.
    let fault: String?
    var headers: [(name: String, value: String)] = []

    /// Seconds after which an unavailable service is asked again.
    private static let retryAfter = "2"

    init(_ error: any Error) {
        if let refusal = error as? any Refusal {
            self.init(code: refusal.refusalCode, detail: refusal.detail, field: refusal.field, fault: nil)
        } else if let error = error as? WrongMethod {
            let methods = error.allowed.joined(separator: ", ")
            self.init(code: HTTPRefusalCode.methodNotAllowed, detail: "allowed here: \(methods)", field: nil, fault: nil)
        } else if let reason = Self.unavailability(error) {
            self.init(code: HTTPRefusalCode.unavailable, detail: reason, field: nil, fault: "\(error)")
        } else {
            self.init(
                code: HTTPRefusalCode.fault, detail: "nothing has been recorded; the log has the cause", field: nil,
                fault: "\(error)")
        }
        if let error = error as? WrongMethod { headers = [("Allow", error.allowed.joined(separator: ", "))] }
        switch code as? HTTPRefusalCode {
        case .unavailable: headers = [("Retry-After", Self.retryAfter)]
        case .unauthenticated: headers = [("WWW-Authenticate", "Bearer")]
        default: if code.category == .unauthenticated { headers = [("WWW-Authenticate", "Bearer")] }
        }
    }

    private init(code: any RefusalCode, detail: String, field: String?, fault: String?) {
        self.code = code
        self.detail = detail
        self.field = field
        self.fault = fault
    }

    var status: Int { code.httpStatus }

    /// Why the service cannot answer now though it may later; `nil` for any other error.
    private static func unavailability(_ error: any Error) -> String? {
        if error is CancellationError { return "the request was given up" }
        if let error = error as? RequestTimeout { return "no answer within \(error.limit); a command may have been done" }
        guard let error = error as? PostgresError else { return nil }
        switch error.kind {
        case .unreachable: return "the database cannot be reached; nothing has happened"
        case .connectionLost: return "the connection to the database broke; nothing has happened"
        case .outcomeUnknown: return "the answer of the database was lost; the command may have been done"
        case .tooManyWaiting, .waitedTooLong: return "the database is busy; nothing has happened"
        case .misuse: return nil
        case .statement:
            // Lock and statement timeouts, too many connections, shutting down, and conflicts after every attempt.
            let passing = ["55P03", "57014", "53300", "57P01", "57P02", "57P03", "40001", "40P01"]
            return passing.contains(error.sqlState) ? "the database is busy; nothing has happened" : nil
        }
    }

    /// - Parameter path: what was asked for, without its query.
    func reply(instance path: String, requestID: UUID) -> Reply {
        var members: [JSONValue.Member] = [
            .init("type", .string("/api/docs#\(code.rawValue)")),
            .init("title", .string(code.meaning.chinese)),
            .init("meaning", .string(code.meaning.english)),
            .init("status", .number(String(status))),
            .init("code", .string(code.rawValue)),
            .init("detail", .string(detail)),
        ]
        if let field { members.append(.init("field", .string(field))) }
        members.append(.init("instance", .string(path)))
        members.append(.init("requestID", .string(requestID.uuidString.lowercased())))
        return Reply(
            status: status, contentType: "application/problem+json; charset=utf-8", body: JSONValue.object(members).text(),
            headers: headers)
    }

    /// The shape of ``reply(instance:requestID:)``'s body.
    static let schema: JSONSchema = .object(
        ObjectSchema(fields: [
            .init("type", .string(), isRequired: true), .init("title", .string(), isRequired: true),
            .init("meaning", .string(), isRequired: true),
            .init("status", .integer(minimum: 400, maximum: 599), isRequired: true),
            .init("code", .string(), isRequired: true), .init("detail", .string(), isRequired: true),
            .init("field", .string(), isRequired: false), .init("instance", .string(), isRequired: true),
            .init("requestID", UUID.wireSchema, isRequired: true),
        ]))
}

/// The path is known, the method is not.
struct WrongMethod: Error {
    let allowed: [String]
}

/// The request took longer than the server waits.
struct RequestTimeout: Error {
    let limit: Duration
}
