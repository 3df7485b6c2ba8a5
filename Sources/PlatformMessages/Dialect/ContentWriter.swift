import Primitives

/// Fills a message's fields from a record.
struct ContentWriter {
    let account: PlatformAccount

    func content(
        of fields: [RequestField], from record: Record, in path: String = ""
    ) throws(PlatformUntellable) -> WireContent {
        var content = WireContent()
        for field in fields {
            let place = path + field.name
            let written: WireValue =
                switch field.filling {
                case .inside(let inner): .object(try inside(inner, of: field, from: record, at: place))
                case .each(let list, let inner): .list(try lines(of: list, in: record, as: inner, of: field, at: place))
                case .plain(let list, let inner):
                    .plain(try lines(of: list, in: record, as: inner, of: field, at: place).flatMap { $0.members.map(\.value) })
                default: try value(of: field, from: record, at: place)
                }
            content.members.append(.init(name: field.name, value: written))
        }
        return content
    }

    private func inside(
        _ inner: [RequestField], of field: RequestField, from record: Record, at place: String
    ) throws(PlatformUntellable) -> WireContent {
        let inside = try content(of: inner, from: record, in: "\(place).")
        if inside.isEmpty, field.isMandatory { throw PlatformUntellable(field: place, reason: "is missing") }
        return inside
    }

    private func lines(
        of list: NeutralList, in record: Record, as inner: [RequestField], of field: RequestField, at place: String
    ) throws(PlatformUntellable) -> [WireContent] {
        var lines: [WireContent] = []
        for (index, line) in (record.lists[list] ?? []).enumerated() {
            lines.append(try content(of: inner, from: record.around(line), in: "\(place)[\(index + 1)]."))
        }
        if lines.isEmpty, field.isMandatory { throw PlatformUntellable(field: place, reason: "is missing") }
        return lines
    }

    private func value(
        of field: RequestField, from record: Record, at place: String
    ) throws(PlatformUntellable) -> WireValue {
        let given: NeutralValue =
            switch field.filling {
            case .constant(let text): .of(text)
            case .name(let name): record[name] ?? .absent
            case .setting(let name): .of(account.settings[name])
            case .secret(let name): .of(account.secrets[name])
            case .each, .plain, .inside: .absent
            }
        do throws(FieldUnwritable) {
            let written = try field.written(given)
            guard written == .absent else { return written }
            guard !field.isMandatory else { throw FieldUnwritable("is missing") }
            return field.isKept ? .text("") : .absent
        } catch {
            throw PlatformUntellable(field: place, reason: error.reason)
        }
    }
}
