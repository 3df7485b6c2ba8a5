public import Primitives

/// Every way the HTTP surface itself says no, whatever the operation.
public enum HTTPRefusalCode: String, RefusalCode {
    case malformedJSON = "http.malformed-json"
    case unknownField = "http.unknown-field"
    case missingField = "http.missing-field"
    case wrongType = "http.wrong-type"
    case badPathID = "http.bad-path-id"
    case badQuery = "http.bad-query"
    case missingRequestID = "http.missing-request-id"
    case unauthenticated = "http.unauthenticated"
    case forbiddenRole = "http.forbidden-role"
    case notFound = "http.not-found"
    case methodNotAllowed = "http.method-not-allowed"
    case bodyTooLarge = "http.body-too-large"
    case unsupportedMediaType = "http.unsupported-media-type"
    case headersTooLarge = "http.headers-too-large"
    case unavailable = "http.unavailable"
    case fault = "http.fault"

    /// The nearest category; the status that is sent is ``status``.
    public var category: RefusalCategory {
        switch self {
        case .unauthenticated: .unauthenticated
        case .forbiddenRole: .forbidden
        case .notFound: .missing
        case .unavailable, .fault: .conflict
        default: .malformed
        }
    }

    /// The HTTP status, some of which no category of a domain module has.
    public var status: Int {
        switch self {
        case .methodNotAllowed: 405
        case .bodyTooLarge: 413
        case .unsupportedMediaType: 415
        case .headersTooLarge: 431
        case .fault: 500
        case .unavailable: 503
        default: category.status
        }
    }

    public var meaning: Phrase {
        switch self {
        case .malformedJSON: Phrase("请求正文不是合法的 JSON", "The body is not JSON")
        case .unknownField: Phrase("请求中有未定义的字段", "The body has a field that this operation does not know")
        case .missingField: Phrase("缺少必填字段", "A required field is absent or null")
        case .wrongType: Phrase("字段的类型或格式不正确", "A field holds another type or format than it should")
        case .badPathID: Phrase("路径中的编号格式不正确", "An identifier in the path cannot be read")
        case .badQuery: Phrase("查询参数未定义或格式不正确", "A query parameter is unknown, repeated or cannot be read")
        case .missingRequestID:
            Phrase("缺少 Request-Id 请求头（UUID）", "A command needs the header Request-Id, a UUID chosen by the caller")
        case .unauthenticated: Phrase("尚未登录", "Nobody has signed in: send Authorization: Bearer")
        case .forbiddenRole: Phrase("您的角色不能执行此操作", "None of the caller's roles may do this")
        case .notFound: Phrase("没有这个地址", "There is nothing at this path")
        case .methodNotAllowed: Phrase("此地址不支持该方法", "The path exists but not with this method; see Allow")
        case .bodyTooLarge: Phrase("请求正文过大", "The body is larger than the server takes")
        case .unsupportedMediaType: Phrase("请求正文必须是 application/json", "The body must be application/json")
        case .headersTooLarge: Phrase("请求头或地址过长", "The path or the headers are larger than the server takes")
        case .unavailable:
            Phrase(
                "服务暂时不可用，请用同一 Request-Id 重试",
                "The database cannot be reached or the outcome is unknown: repeat with the same Request-Id")
        case .fault: Phrase("系统内部错误，已记录", "The program failed; the operator has been told")
        }
    }

    /// What any operation may answer, before its own rules are asked.
    static let ofEveryOperation: [HTTPRefusalCode] = [
        .badPathID, .badQuery, .unauthenticated, .forbiddenRole, .headersTooLarge, .unavailable, .fault,
    ]
    /// What a command may answer in addition.
    static let ofEveryCommand: [HTTPRefusalCode] = [
        .malformedJSON, .unknownField, .missingField, .wrongType, .missingRequestID, .bodyTooLarge, .unsupportedMediaType,
    ]
}

/// A refusal of the HTTP surface.
public typealias HTTPRefusal = Refused<HTTPRefusalCode>

extension RefusalCode {
    /// The HTTP status this code is sent with.
    public var httpStatus: Int { (self as? HTTPRefusalCode)?.status ?? category.status }
}
