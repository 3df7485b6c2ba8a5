import Primitives

extension HallMessage {
    /// The message as JSON: the catalogue's fields in their order, what is absent left out.
    func json(of content: HallContent) throws(PlatformUntellable) -> JSONValue {
        try HallField.object(fields, from: content.node, inner: content.inner, at: "")
    }
}

extension HallField {
    fileprivate static func object(
        _ fields: [HallField], from node: PlatformNode, inner: [String: [PlatformNode]], at place: String
    ) throws(PlatformUntellable) -> JSONValue {
        var members: [JSONValue.Member] = []
        for field in fields {
            if let value = try field.value(from: node, inner: inner, at: place + field.name) {
                members.append(.init(field.name, value))
            }
        }
        return .object(members)
    }

    private func value(
        from node: PlatformNode, inner: [String: [PlatformNode]], at place: String
    ) throws(PlatformUntellable) -> JSONValue? {
        switch shape {
        case .text:
            guard let text = node[name] else {
                guard !isNeeded(in: node) else { throw PlatformUntellable(field: place, reason: "is missing") }
                return nil
            }
            return .string(try checked(text, at: place))
        case .one(let fields):
            let nodes = inner[name] ?? []
            guard nodes.count < 2 else { throw PlatformUntellable(field: place, reason: "stands more than once") }
            guard let only = nodes.first else {
                guard need == .optional else { throw PlatformUntellable(field: place, reason: "is missing") }
                return nil
            }
            return try Self.object(fields, from: only, inner: [:], at: "\(place).")
        case .each(let fields):
            let nodes = inner[name] ?? []
            if nodes.isEmpty, need != .optional { throw PlatformUntellable(field: place, reason: "is missing") }
            var elements: [JSONValue] = []
            for (index, node) in nodes.enumerated() {
                elements.append(try Self.object(fields, from: node, inner: [:], at: "\(place)[\(index + 1)]."))
            }
            return elements.isEmpty ? nil : .array(elements)
        }
    }

    private func isNeeded(in node: PlatformNode) -> Bool {
        switch need {
        case .optional: false
        case .mandatory: true
        case .notOfSlices: node["rxItemTypeCode"] != "13"
        }
    }

    private func checked(_ text: String, at place: String) throws(PlatformUntellable) -> String {
        if let length, text.unicodeScalars.count > length {
            throw PlatformUntellable(field: place, reason: "is longer than \(length) characters")
        }
        let isClean = text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F && $0.value & 0xFFFE != 0xFFFE }
        guard isClean else { throw PlatformUntellable(field: place, reason: "holds a control character") }
        return text
    }
}
