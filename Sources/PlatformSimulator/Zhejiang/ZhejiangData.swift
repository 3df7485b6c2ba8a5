import Primitives

/// An object of a message, which may have these members and no others.
///
/// That members unknown to the platform are refused is assumed: it is here to find mistakes.
struct ZhejiangData {
    private let value: JSONValue

    init(_ value: JSONValue?, _ allowed: Set<String>) throws(ZhejiangRefusal) {
        guard let value, value.kind == "object" else { throw .business("报文格式错误：应为对象") }
        if let unknown = value.members.first(where: { !allowed.contains($0.name) }) {
            throw .business("不识别的字段：\(unknown.name.prefix(40))")
        }
        self.value = value
    }

    /// A text that must be there.
    func text(_ name: String, max: Int = 200) throws(ZhejiangRefusal) -> String {
        guard let text = try optionalText(name, max: max) else { throw .business("\(name)不能为空") }
        return text
    }

    /// nil when it is absent, null or empty.
    func optionalText(_ name: String, max: Int = 200) throws(ZhejiangRefusal) -> String? {
        guard let member = value[name], member != .null else { return nil }
        guard let text = member.string else { throw .business("\(name)应为字符串") }
        guard text.unicodeScalars.count <= max else { throw .business("\(name)超长") }
        return text.isEmpty ? nil : text
    }

    /// The text of a JSON number that must be there.
    func number(_ name: String) throws(ZhejiangRefusal) -> String {
        guard let member = value[name], member != .null else { throw .business("\(name)不能为空") }
        guard case .number(let text) = member else { throw .business("\(name)应为数字") }
        return text
    }

    func whole(_ name: String) throws(ZhejiangRefusal) -> Int64 {
        guard let whole = DecimalText.whole(try number(name)) else { throw .business("\(name)应为整数") }
        return whole
    }

    func optionalWhole(_ name: String) throws(ZhejiangRefusal) -> Int64? {
        guard let member = value[name], member != .null else { return nil }
        return try whole(name)
    }

    func money(_ name: String) throws(ZhejiangRefusal) -> Money {
        guard let money = DecimalText.money(try number(name)) else { throw .business("\(name)应为金额") }
        return money
    }

    /// `yyyy-MM-dd HH:mm:ss`; nil when absent.
    func moment(_ name: String) throws(ZhejiangRefusal) -> Instant? {
        guard let text = try optionalText(name) else { return nil }
        guard let instant = Instant(spaced: text) else { throw .business("\(name)应为 yyyy-MM-dd HH:mm:ss") }
        return instant
    }

    /// The objects of a list that must be there and hold something.
    func list(_ name: String) throws(ZhejiangRefusal) -> [JSONValue] {
        guard case .array(let elements) = value[name] else { throw .business("\(name)不能为空") }
        guard !elements.isEmpty else { throw .business("\(name)不能为空") }
        return elements
    }

    /// The same; empty when absent.
    func optionalList(_ name: String) throws(ZhejiangRefusal) -> [JSONValue] {
        guard let member = value[name], member != .null else { return [] }
        guard case .array(let elements) = member else { throw .business("\(name)应为数组") }
        return elements
    }
}
