import Foundation
import Primitives
import ShangMi
import TestSupport

@testable import PlatformMessages

/// The service hall as it is spoken to in tests, and what it answers: signed with a key of its own.
enum Hall {
    static let own = try! SM2PrivateKey(hexadecimal: "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8")
    static let platform = try! SM2PrivateKey(hexadecimal: "6fcba2ef9ae0ab902bc3bde3ff915d44ba4cc78f88e2f8e7f8996d3b8cceedee")
    static let application = "DEMOAPPID0000001"
    static let secret = "0123456789ABCDEFFEDCBA9876543210"

    static let account = PlatformAccount(
        institution: "H36042600001",
        settings: ["app-id": application, "platform-key": Data(platform.publicKey.point).base64EncodedString()],
        secrets: ["app-secret": secret, "private-key": Data(own.scalar).base64EncodedString()])

    static func catalogue() throws -> PlatformCatalogue { try Platforms.catalogue("national-prescriptions") }

    static func dialect(_ account: PlatformAccount = account) throws -> any PlatformDialect {
        try catalogue().dialect(for: account)
    }

    /// The text that a signature is made over, when names are sorted without regard to case.
    static func text(_ members: [JSONValue.Member]) -> String {
        HallText(order: .caseInsensitive).text(of: members, key: secret)
    }

    /// - Parameters:
    ///   - content: a JSON object; nothing when there is none.
    ///   - key: the platform's unless told; `nil` for an answer without a signature.
    static func answer(
        _ content: String?, code: JSONValue = "0", message: String = "成功", by key: SM2PrivateKey? = platform
    ) throws -> PlatformAnswer {
        let data = try content.map { try JSONValue(parsing: $0) }
        var members: [JSONValue.Member] = [
            .init("code", code), .init("message", .string(message)), .init("appId", .string(application)),
            .init("timestamp", "1795311000123"), .init("encType", "SM4"), .init("signType", "SM2"),
        ]
        let signed = text(members + (data.map { [.init("data", $0)] } ?? []))
        if let content {
            members.append(.init("encData", .string(try HallCipher(application: application, secret: secret).encrypt(content))))
        }
        if let key {
            let signature = try key.sign(Array(signed.utf8), by: SM2UserID(Array(secret.utf8)))
            members.append(.init("signData", .string(Data(signature.raw).base64EncodedString())))
        }
        return Answers.of(JSONValue.object(members).text())
    }

    /// The plain content of a request.
    static func content(of request: PlatformRequest) throws -> JSONValue {
        let envelope = try JSONValue(parsing: request.body)
        let cipher = try HallCipher(application: application, secret: secret)
        return try JSONValue(parsing: cipher.decrypt(envelope["encData"]?.string ?? ""))
    }

    static let number = "3604262611210000000000000001"

    /// What the hall answers to each message, plain.
    static let answers: [String: String] = [
        "check-prescription": #"{"rxTraceCode":"36042620261121000001","hiRxno":"\#(number)"}"#,
        "sign-prescription":
            #"{"rxFile":"JVBERi0xLjQgc2lnbmVk","signDigest":"c2lnbmVkIGRpZ2VzdA==","signCertSn":"01","signCertDn":"CN=医院"}"#,
        "upload-prescription": #"{"hiRxno":"\#(number)","rxStasCodg":"1","rxStasName":"有效"}"#,
        "revoke-prescription": #"{"hiRxno":"\#(number)","rxStasCodg":"3","rxStasName":"已撤销"}"#,
        "prescription-state": #"{"hiRxno":"\#(number)","rxStasCodg":"1","rxUsedStasCodg":"1","reptFlag":"0","rxDetlList":[]}"#,
        "prescription-review":
            #"{"hiRxno":"\#(number)","pharName":"钱药师","pharCode":"Y1","rxChkStasCodg":"1","rxChkOpnn":"合理","rxChkTime":"2026-11-22 10:00:00","rxStasCodg":"1"}"#,
        "prescription-use":
            #"{"hiRxno":"\#(number)","setlTime":"2026-11-22 11:00:00","rxStasCodg":"1","rxUsedStasCodg":"2","seltdelts":[{"medinsListCodg":"XJ01","drugGenname":"阿莫西林胶囊","drugSpec":"0.25g","cnt":11.000,"aprvno":"国药准字H1","manuLotnum":"B1","prdrName":"华北制药"}]}"#,
        "circulating-drugs":
            #"{"list":[{"medListCodg":"XJ01","genname":"阿莫西林胶囊","specName":"0.25g","prdrName":"华北制药","aprvno":"国药准字H1","dualchnlFlag":"1"}]}"#,
    ]
}
