import Foundation
import Primitives
import ShangMi

/// The envelope of the insurer's service hall: the content encrypted with SM4 in `encData`, and a signature with SM2 over the envelope
/// and the plain content in `signData`. Answers are wrapped the same way, with `code` and `message`.
///
/// Source: platform-interfaces.md §3 (OH, GK, AEYE).
struct ServiceHallWire: Sendable {
    let map: HallMap
    let keys: HallKeys

    private var text: HallText { HallText(order: map.order) }

    /// The envelope around `content`.
    func envelope(
        of content: JSONValue, number: String, at moment: Instant
    ) throws(PlatformUntellable) -> JSONValue {
        let milliseconds = String(moment.microseconds / 1_000)
        let members: [JSONValue.Member] = [
            .init("appId", .string(keys.application)), .init("encType", .string(map.encryption)),
            .init("signType", .string(map.signature)),
            .init("timestamp", map.timestamp == .number ? .number(milliseconds) : .string(milliseconds)),
            .init("transType", .string(number)), .init("version", .string(map.version)),
        ]
        let signed = text.text(of: members + [.init("data", content)], key: keys.secret)
        do throws(ShangMiError) {
            let signature = try keys.own.sign(Array(signed.utf8), by: keys.user)
            return .object(
                members + [
                    .init("encData", .string(try keys.cipher.encrypt(content.text()))),
                    .init("signData", .string(Data(signature.raw).base64EncodedString())),
                ])
        } catch {
            throw PlatformUntellable(field: "signData", reason: "\(error)")
        }
    }

    /// What an answer says, once its signature has been found to be the platform's.
    struct Opened: Sendable {
        var complaint: PlatformComplaint
        /// `nil` when there is none.
        var content: JSONValue?
    }

    /// - Throws: `AnswerDefect` for what is not whole, not the platform's, or says yes without being signed. A no may come unsigned; it
    ///   holds nothing then but its code and words.
    func open(_ body: [UInt8]) throws(AnswerDefect) -> Opened {
        let answer = try Self.json(body, "the answer")
        guard case .object(let members) = answer, let code = answer["code"]?.plainText else {
            throw AnswerDefect("the answer has no code")
        }
        let complaint = PlatformComplaint(saying: code, answer["message"]?.string)
        guard let signature = answer["signData"]?.string, !signature.isEmpty else {
            guard code != "0" else { throw AnswerDefect("the answer is not signed") }
            return Opened(complaint: complaint)
        }
        let content = try self.content(of: answer)
        let signed = members.filter { $0.name != "data" } + (content.map { [.init("data", $0)] } ?? [])
        let text = self.text.text(of: signed, key: keys.secret)
        guard let raw = Data(base64Encoded: signature), let signature = try? SM2Signature(raw: raw),
            keys.platform.isValid(signature, of: Array(text.utf8), by: keys.user)
        else { throw AnswerDefect("the answer's signature is not the platform's") }
        return Opened(complaint: complaint, content: content)
    }

    /// The decrypted content; `nil` when there is none. Its size is bounded by the answer's, its depth as any JSON's.
    private func content(of answer: JSONValue) throws(AnswerDefect) -> JSONValue? {
        guard let text = answer["encData"]?.string, !text.isEmpty else { return nil }
        guard let bytes = try? keys.cipher.decrypt(text) else { throw AnswerDefect("encData cannot be decrypted") }
        let content = try Self.json(bytes, "encData")
        guard case .object = content else { throw AnswerDefect("encData holds no object") }
        return content
    }

    private static func json(_ bytes: [UInt8], _ what: String) throws(AnswerDefect) -> JSONValue {
        do {
            return try JSONValue(parsing: bytes)
        } catch {
            throw AnswerDefect("\(what) is no JSON: byte \(error.byte)")
        }
    }
}
