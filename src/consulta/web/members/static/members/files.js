// Says that a file is too large before it is sent. Without this script the server says so afterwards.
document.querySelectorAll("input[type=file][data-largest]").forEach((field) => {
  field.addEventListener("change", () => {
    const tooLarge = Array.from(field.files).some((file) => file.size > Number(field.dataset.largest));
    field.setCustomValidity(tooLarge ? field.dataset.tooLarge : "");
    field.reportValidity();
  });
});
