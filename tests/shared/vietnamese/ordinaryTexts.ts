/** Text that is what it looks like: nothing of it may be taken for an old Vietnamese encoding. */
export const ORDINARY: Record<string, readonly string[]> = {
  vietnamese: [
    'Công tác tài chính; giao cho các sở làm báo cáo: không quá hai trang.',
    'hoàn thành công trình',
    'Thành viên có trách nhiệm báo cáo; chính quyền và nhân dân cùng làm.',
    'Khoái, loài, cái, hài hòa, làm tròn vai trò.',
    'Các cơ quan trong Khối phối hợp khi thẩm định, góp ý văn bản, không để quá hạn.',
  ],
  english: [
    'The members agree to share what they know; nobody is left out, and each report is due by 5 p.m.',
    'A café, a naïve résumé, and the façade of the hôtel: 10 µm × 5 µm, ±2 °C, § 5, © 2022 Nhà®.',
    "What's the sum of a^2 + b^2? In C++ one writes a(i) or o(n); don't add them. Who can? Ba. Co.",
    'See http://example.org/a.b?c=d^e and mail to do+can@example.org.',
  ],
  french: [
    'Le préfet a décidé que la réunion aurait lieu à l’été; né à Huê, il a été très ému.',
    'Où était la forêt? Là-bas, près du château: les élèves y étaient déjà à pâques.',
    'Thé, café, pâté; bébé né; la clé, le blé, le pré, dû, mûr, sûr, où, là, ça.',
    'Numéro 1 « très bien », numéro 2 « assez bien », à 100 % près.',
  ],
  german: [
    'Für die Größe der Öffentlichkeit müssen wir über Maßnahmen nachdenken; schön wäre es.',
    'Der Bär läuft über die Brücke. Süße Äpfel, böse Wölfe, grüne Bäume.',
  ],
  spanish: ['El niño comió una piña en la mañana del año pasado; ¿qué más quería? ¡Señor!'],
  portuguese: ['Não há informação sobre a situação; são três irmãos, avó e avô, à noite.'],
  nordic: [
    'Å være på øen er gøy; så må vi gå. Därför är hösten skön på ön.',
    'Það er gott veður í dag.',
  ],
  code: [
    'if (a(i) > b[i]) { x += o(n) ^ 0xff; } // a^ b^ dd if=/dev/zero of=/dev/null',
    '^(a+|o+)?$ matches a, aa, o. add odd ddos "e^x"',
    'x = a^b; y = e^(i*pi)+1; u+v; o+o; add(a, b).',
  ],
  signs: ['®', '§ 1', '± 5 µm', '«»', '¼ ½ ¾', 'A® B© C', '', '   ', '1.500.000 đ', '2022 – 2025'],
}
