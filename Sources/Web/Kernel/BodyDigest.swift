import Crypto
import Primitives

extension Exchange {
    /// HMAC-SHA256 over everything that makes a command this command and no other: the operation, what the path and the
    /// query hold, and the body with its names in order.
    ///
    /// It is keyed, because a body may hold a resident number, which a plain hash that is stored would let be guessed.
    func digest(of operationID: String) -> [UInt8] {
        func pairs(_ values: [String: String]) -> JSONValue {
            .object(values.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, .string($0.value)) })
        }
        let whole: JSONValue = [.string(operationID), pairs(parameters.path), pairs(parameters.query), body]
        let key = SymmetricKey(data: environment.digestKey)
        return Array(HMAC<SHA256>.authenticationCode(for: Array(whole.text(canonical: true).utf8), using: key))
    }
}
