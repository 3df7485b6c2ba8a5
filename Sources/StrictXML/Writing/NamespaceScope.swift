/// Which prefixes stand for which namespaces where an element begins, and what the element itself has to declare.
struct NamespaceScope {
    /// The namespace of names without a prefix.
    private var standard: String?
    private var prefixes: [(prefix: String, namespace: String)] = []
    /// What the element at hand declares, in order; the empty prefix is the default.
    private(set) var declared: [(prefix: String, namespace: String)] = []

    /// The scope inside the element: the same, but nothing is declared yet.
    var inside: NamespaceScope {
        var scope = self
        scope.declared = []
        return scope
    }

    /// Declares a prefix; false when it cannot be.
    mutating func declare(_ prefix: String, for namespace: String) -> Bool {
        guard Self.canBe(namespace), namespace != ReservedNamespace.xml, !prefix.lowercased().hasPrefix("xml"),
            !prefixes.contains(where: { $0.prefix == prefix || $0.namespace == namespace })
        else { return false }
        prefixes.append((prefix, namespace))
        declared.append((prefix, namespace))
        return true
    }

    /// The element's name as it is written; nil when its namespace cannot be declared.
    mutating func tag(ofElement name: XMLName) -> String? {
        guard let namespace = name.namespace else {
            if standard != nil { declareStandard(nil) }
            return name.local
        }
        if namespace == standard { return name.local }
        if let prefix = prefix(of: namespace) { return "\(prefix):\(name.local)" }
        guard Self.canBe(namespace) else { return nil }
        declareStandard(namespace)
        return name.local
    }

    /// The attribute's name as it is written: one without a prefix is in no namespace, whatever the default.
    mutating func tag(ofAttribute name: XMLName) -> String? {
        guard let namespace = name.namespace else { return name.local }
        if let prefix = prefix(of: namespace) { return "\(prefix):\(name.local)" }
        var number = 1
        while prefixes.contains(where: { $0.prefix == "ns\(number)" }) { number += 1 }
        return declare("ns\(number)", for: namespace) ? "ns\(number):\(name.local)" : nil
    }

    private func prefix(of namespace: String) -> String? {
        namespace == ReservedNamespace.xml ? "xml" : prefixes.first { $0.namespace == namespace }?.prefix
    }

    private mutating func declareStandard(_ namespace: String?) {
        standard = namespace
        declared.append(("", namespace ?? ""))
    }

    private static func canBe(_ namespace: String) -> Bool {
        !namespace.isEmpty && namespace != ReservedNamespace.declarations && namespace.unicodeScalars.allSatisfy(\.isAllowedInXML)
    }
}
